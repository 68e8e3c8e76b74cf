using System.Collections.Immutable;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Geo;
using GridMesh.Contracts.Storage;
using GridMesh.Storage.Tests.Support;

namespace GridMesh.Storage.Tests.Contract;

public abstract class AdminContract(IPlace place) : StorageContract(place)
{
    [Fact(DisplayName = "[ST20] migrations are applied once, each with its number, up to the program's version")]
    public async Task MigratesOnce()
    {
        (await Store.Admin.DatabaseVersionAsync(Token)).ShouldBe(Store.Admin.ProgramVersion);
        (await Store.Admin.MigrateAsync(Token)).ShouldBeEmpty();
        (await Store.Admin.IsHealthyAsync(Token)).ShouldBeTrue();
    }

    [Fact(DisplayName = "[ST20] a database that a newer program has migrated is refused")]
    public async Task TooNew()
    {
        var newer = Store.Admin.ProgramVersion + 1;
        await Store.TamperAsync($"INSERT INTO schema_migrations (version, name, applied_at) VALUES ({newer}, 'x', 0)");
        await RestartAsync();
        (await Store.Admin.DatabaseVersionAsync(Token)).ShouldBe(newer);
        await Should.ThrowAsync<DatabaseTooNewException>(async () => await Store.Admin.MigrateAsync(Token));
        await Should.ThrowAsync<DatabaseTooNewException>(() => AppendAsync(Samples.Append("s", 0)));
        await Should.ThrowAsync<DatabaseTooNewException>(AllFactsAsync);
        (await Store.Admin.IsHealthyAsync(Token)).ShouldBeFalse();
    }

    [Fact(DisplayName = "[ST20] a database that is not migrated is refused with a message that says so")]
    public async Task NotMigrated()
    {
        await Store.TamperAsync("DELETE FROM schema_migrations");
        await RestartAsync();
        (await Store.Admin.DatabaseVersionAsync(Token)).ShouldBe(0);
        (await Should.ThrowAsync<InvalidOperationException>(() => AppendAsync(Samples.Append("s", 0))))
            .Message.ShouldContain("migrate it first");
        await Should.ThrowAsync<InvalidOperationException>(AllFactsAsync);
    }

    [Fact(DisplayName = "[ST21] every version of the directory is kept, and the latest is loaded as it was saved")]
    public async Task Directory()
    {
        (await Store.Directory.VersionAsync(Token)).ShouldBe(0);
        (await Store.Directory.LoadAsync(Token)).ShouldBeNull();
        var first = SampleDirectory(20_000, 5_000);
        (await Store.Directory.SaveAsync(first, null, Token)).ShouldBe(1);
        (await Store.Directory.SaveAsync(SampleDirectory(3, 2), null, Token)).ShouldBe(2);
        (await Store.Directory.SaveAsync(first, null, Token)).ShouldBe(3);
        await RestartAsync();
        (await Store.Directory.VersionAsync(Token)).ShouldBe(3);
        var loaded = (await Store.Directory.LoadAsync(Token)).ShouldNotBeNull();
        loaded.Buildings.ShouldBe(first.Buildings);
        loaded.Calendar.ShouldBe(first.Calendar);
        loaded.Workers.Length.ShouldBe(5_000);
        loaded.Workers[17].Lines.ShouldBe(first.Workers[17].Lines);
        loaded.Areas.ShouldBe(first.Areas);
        loaded.Standards.ShouldBe(first.Standards);
        loaded.Devices.ShouldBe(first.Devices);
        loaded.Departments[0].Name.ShouldBe("城管局");
    }

    [Fact(DisplayName = "[SD4] of the writers who revise the same version one is taken, and the rest of the directory stays as it was")]
    public async Task Revise()
    {
        var data = SampleDirectory(5, 4) with
        {
            Ladders = [
                new LadderRow(
                    Line.Emergency, null, Severity.Urgent, new Rung(Step.Handling, 30, RungAction.Supervise, 2))],
        };
        var rules = RuleTables.Of(
            data) with { Calendar = [], Standards = [data.Standards[0] with { Evidence = "照片" }] };
        (await Store.Directory.ReviseAsync(rules, 0, new DirectoryOrigin("admin-0", "calendar"), Token)).ShouldBeNull();
        await Store.Directory.SaveAsync(data, new DirectoryOrigin("import", DirectoryOrigin.Package), Token);
        var made = await Task.WhenAll(Enumerable.Range(1, 8).Select(i =>
            Store.Directory.ReviseAsync(rules, 1, new DirectoryOrigin($"admin-{i}", "calendar"), Token).AsTask()));
        var taken = made.OfType<DirectoryVersion>().ShouldHaveSingleItem();
        taken.Number.ShouldBe(2);
        (await Store.Directory.ReviseAsync(rules, 1, new DirectoryOrigin("late", "calendar"), Token)).ShouldBeNull();
        await RestartAsync();
        var latest = (await Store.Directory.LatestAsync(Token)).ShouldNotBeNull();
        latest.Version.ShouldBe(taken);
        latest.Data.Buildings.ShouldBe(data.Buildings);
        latest.Data.Workers.Length.ShouldBe(4);
        latest.Data.Ladders.ShouldBe(data.Ladders);
        latest.Data.Standards.ShouldBe(rules.Standards);
        latest.Data.Calendar.ShouldBeEmpty();
        (await Store.Directory.ListAsync(10, Token)).Select(version => (version.Number, version.By, version.What))
            .ShouldBe([(2, taken.By, "calendar"), (1, "import", "package")]);
        (await Store.Directory.ListAsync(1, Token)).ShouldHaveSingleItem().Number.ShouldBe(2);
    }

    private static DirectoryData SampleDirectory(int buildings, int workers)
    {
        var point = new GeoPoint(108.3, 22.8);
        ImmutableArray<GeoPoint> ring = [point, new GeoPoint(108.4, 22.8), new GeoPoint(108.4, 22.9), point];
        return new DirectoryData(
            [
                new AreaEntry(Samples.Grid, "第七网格", "Grid 7", AreaShape.Of([point, new GeoPoint(108.4, 22.8), point])),
                new AreaEntry(
                    AreaCode.Parse("450105001001998"), "飞地网格", "Exclave", new AreaShape([[ring, ring], [ring]])),
                new AreaEntry(AreaCode.Parse("4501"), "未划界", "Not drawn", AreaShape.None),
            ],
            [.. Enumerable.Range(1, buildings).Select(i => new BuildingEntry(
                BuildingCode.Parse($"{Samples.Grid}{i:D5}"), $"{i} 号楼", point, 40, 120, i % 3))],
            [.. Enumerable.Range(1, workers).Select(i => new WorkerEntry(
                $"w{i}", $"网格员{i}", Samples.Grid, WorkerKind.Worker, [(Line)(i % 7)], new TimeOnly(8, 0), 8))],
            [new DepartmentEntry("cg", "城管局", "Urban management", Samples.District, [Line.UrbanManagement])],
            [new DeviceEntry("d1", SensorKind.Smoke, Samples.Grid, null, point)],
            [new FilingStandard("manhole-missing", "井盖缺失", "Manhole", Line.UrbanManagement, Severity.Urgent, 2,
                ClockKind.UrgentHour, "a", "b", "c", SensorKind.Smoke)],
            [new CalendarDay(new DateOnly(2026, 10, 1), false, "国庆节")]);
    }
}
