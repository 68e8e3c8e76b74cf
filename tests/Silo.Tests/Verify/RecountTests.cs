using System.Text;
using System.Text.Json;
using GridMesh.Contracts.Care;
using GridMesh.Contracts.Clocks;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Facts;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Json;
using GridMesh.Contracts.Patrols;
using GridMesh.Contracts.Services;
using GridMesh.Contracts.Storage;
using GridMesh.Contracts.Visits;
using GridMesh.Contracts.Workers;
using GridMesh.Grains;
using GridMesh.Grains.Care;
using GridMesh.Grains.Facts;
using GridMesh.Grains.Patrols;
using GridMesh.Grains.Services;
using GridMesh.Grains.Visits;
using GridMesh.Product.Fixture;
using GridMesh.Silo.Verify;
using Microsoft.Extensions.DependencyInjection;

namespace GridMesh.Silo.Tests.Verify;

public sealed class SqliteRecountTests() : RecountTests(new SqliteKpiPlace());

public sealed class PostgresRecountTests() : RecountTests(new PostgresKpiPlace());

public abstract class RecountTests(KpiPlace place) : IAsyncLifetime
{
    private const string Grid = SmallDistrict.Grid;

    private static readonly string s_onDuty = SmallDistrict.WorkerOf(Grid);
    private static readonly string s_offDuty = SmallDistrict.WorkerOf(SmallDistrict.FarGrid);

    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();
    private readonly DirectoryView _directory = new(SmallDistrict.Data);
    private ServiceProvider _services = null!;
    private Recount _recount = null!;

    private static string Household => "1单元101";

    private IJournal Journal => _services.GetRequiredService<IJournal>();

    private IStateTable States => _services.GetRequiredService<IStateTable>();

    public async ValueTask InitializeAsync()
    {
        await place.CreateAsync();
        _services = await place.OpenAsync();
        await WriteAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_services is not null)
            await _services.DisposeAsync();

        await place.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact(DisplayName = "[RU11] a district with people on duty, patrols, watches, visits and services is recounted clean: days that are settled and a door that was heard of are no difference")]
    public async Task Clean()
    {
        (await DifferencesAsync()).ShouldBeEmpty();
        (_recount.Facts, _recount.Cases, _recount.Workers).ShouldBe((23, 0, 2));
        (_recount.Checkpoints, _recount.Watches, _recount.Snapshots).ShouldBe((4, 2, 4));
        await TamperAsync("DELETE FROM state", 4);
        (await DifferencesAsync()).ShouldBeEmpty();
        _recount.Snapshots.ShouldBe(0);
    }

    [Theory(DisplayName = "[RU11] a duty row that was changed, lost or put there is told with whose it is and what both say, and climbs the tiers")]
    [InlineData(
        "UPDATE duty SET version = 7 WHERE worker = '{on}'",
        "worker {on}: the duty list says on duty since *v7, the journal on duty since * v1")]
    [InlineData(
        "UPDATE duty SET since = since - 10000000 WHERE worker = '{on}'",
        "worker {on}: the duty list says on duty since *v1, the journal on duty since *v1")]
    [InlineData(
        "UPDATE duty SET grid = '110101001001001' WHERE worker = '{on}'",
        "worker {on}: the duty list says grid 110101001001001, the journal district 450105", null)]
    [InlineData(
        "UPDATE duty SET worker = 'W9' WHERE worker = '{off}'",
        "worker {off}: not in the duty list, the journal says off duty since *v2",
        "worker W9: the duty list says off duty since *v2, the journal nothing")]
    [InlineData(
        "DELETE FROM duty WHERE worker = '{on}'",
        "worker {on}: not in the duty list, the journal says on duty since *v1",
        "{grid}: what is stored says workers.onDuty 0, the recount 1",
        "450105: the roll-up says workers.onDuty 0, the recount 1")]
    public async Task Duty(string sql, params string?[] told)
    {
        await TamperAsync(Named(sql));
        await ToldAsync(told);
    }

    [Theory(DisplayName = "[RU11] a snapshot that was changed is told with whose it is and what both say, and its numbers climb the tiers")]
    [InlineData(
        "patrol", "\"id\":\"p1\"", "\"id\":\"p2\"",
        "patrol:{grid}: plan p1: the snapshot says nothing, the journal ended #*, and 1 more",
        "450105: the roll-up says patrols.due 2, the recount 0")]
    [InlineData(
        "patrol", "\"checkpoint\":\"c1\"},\"at\"", "\"checkpoint\":\"c9\"},\"at\"",
        "patrol:{grid}: *c1 }: the snapshot says nothing, the journal done #*, and 1 more")]
    [InlineData(
        "patrol", "\"openFrom\":20", "\"openFrom\":30",
        "patrol:{grid}: the first day that is open: the snapshot says 30*, the journal 20*", null)]
    [InlineData(
        "care", "\"alarmedAt\"", "\"forgotten\"",
        "care:{grid}: watch c1: the snapshot says well #*, the journal alarmed * Grid #*",
        "{grid}: what is stored says alarms.open 1, the recount 2",
        "450105: the roll-up says alarms.open 1, the recount 2")]
    [InlineData(
        "care", "\"id\":\"c2\"", "\"id\":\"c3\"",
        "care:{grid}: watch c2: the snapshot says nothing, the journal well #*, and 1 more")]
    [InlineData("care", "\"seenAt\":\"20", "\"seenAt\":\"21", "care:{grid}: watch c1: *, and 1 more")]
    [InlineData(
        "visit", "\"done\":1", "\"done\":5",
        "visit:{grid}: link l1: the snapshot says 6 visits since *, the journal 2 visits since *")]
    [InlineData("service", "\"done\":1", "\"done\":8", "service:{grid}: services over: the snapshot says 8 done, 0 declined, 0 withdrawn, the journal 1 done, 0 declined, 0 withdrawn")]
    [InlineData(
        "service", "\"phone\":\"138", "\"phone\":\"139",
        "service:{grid}: service s1: the snapshot says Done #*, the journal Done #*")]
    [InlineData("care", "\"version\":4", "\"version\":9", "care:{grid}: the snapshot has 9 facts, the journal 6", null)]
    [InlineData("care", "\"version\"", "nothing", "care:{grid}: the snapshot cannot be read: *")]
    public async Task Snapshots(string kind, string what, string by, params string?[] told)
    {
        var row = (await States.ReadAsync(kind, kind, Grid)).ShouldNotBeNull();
        var kept = Encoding.UTF8.GetString(row.Payload.Span);
        kept.ShouldContain(what);
        (await States.WriteAsync(kind, kind, Grid, Encoding.UTF8.GetBytes(kept.Replace(what, by)), row.Etag))
            .ShouldNotBeNull();
        await ToldAsync(told);
        (await DifferencesAsync()).ShouldAllBe(line => !line.Contains(Household) && !line.Contains("12345678"));
    }

    [Theory(DisplayName = "[RU11] a snapshot of facts that nobody wrote is told")]
    [InlineData("patrol")]
    [InlineData("service")]
    public async Task Invented(string kind)
    {
        await States.WriteAsync(kind, kind, SmallDistrict.FarGrid, Encoding.UTF8.GetBytes("{\"version\":3}"), null);
        await ToldAsync($"{kind}:{SmallDistrict.FarGrid}: the snapshot has 3 facts, the journal 0");
    }

    [Fact(DisplayName = "[RU11] who has changed grids since, and who has left the directory and has no row any more, is no difference")]
    public async Task Moved()
    {
        var data = SmallDistrict.Data;
        var moved = new DirectoryView(data with
        {
            Workers =
            [
                .. data.Workers.Where(worker => worker.Id != s_offDuty).Select(worker => worker.Id == s_onDuty
                    ? worker with { Grid = AreaCode.Parse(SmallDistrict.Neighbour) } : worker),
            ],
        });
        await TamperAsync(Named("DELETE FROM duty WHERE worker = '{off}'"));
        (await DifferencesAsync(moved)).ShouldBeEmpty();
    }

    [Fact(DisplayName = "[RU11] somebody recounts the facts of every kind of grain")]
    public void Kinds()
    {
        var recount = NewRecount();
        foreach (var kind in GrainKinds.All.Where(kind => kind.Facts is not null))
            recount.Of(kind).ShouldNotBeNull($"nobody recounts the facts of {kind.Name}");
    }

    private static string Named(string text) =>
        text.Replace("{on}", s_onDuty).Replace("{off}", s_offDuty).Replace("{grid}", Grid);

    private static bool IsLike(string line, string pattern)
    {
        var at = 0;
        foreach (var part in pattern.Split('*'))
        {
            at = line.IndexOf(part, at, StringComparison.Ordinal);
            if (at < 0)
                return false;

            at += part.Length;
        }

        return true;
    }

    /// <summary>
    /// All of them are among the differences; the first is the first one, a null says that there are no others.
    /// </summary>
    private async Task ToldAsync(params string?[] told)
    {
        var differences = await DifferencesAsync();
        foreach (var pattern in told.OfType<string>().Select(Named))
            differences.ShouldContain(
                line => IsLike(line, pattern), $"{pattern} is not in\n{string.Join('\n', differences)}");

        IsLike(differences[0], Named(told[0]!)).ShouldBeTrue(differences[0]);
        if (told[^1] is null)
            differences.Count.ShouldBe(told.Length - 1, string.Join('\n', differences));
    }

    private async Task<IReadOnlyList<string>> DifferencesAsync(DirectoryView? directory = null)
    {
        _recount = NewRecount();
        return await _recount.RunAsync(directory ?? _directory);
    }

    private Recount NewRecount() =>
        new(Journal.ReadAllAsync(), _services.GetRequiredService<ICaseIndex>(), States, TimeProvider.System);

    private async Task TamperAsync(string sql, int rows = 1) => (await place.TamperAsync(sql)).ShouldBe(rows);

    /// <summary>Of each grain beside the grid a snapshot is kept in the middle of its life.</summary>
    private async Task WriteAsync()
    {
        await ShiftsAsync();
        await PatrolsAsync();
        await CareAsync();
        var link = new VisitLink(
            "l1", VisitKind.Party, "P1", BuildingCode.Parse(SmallDistrict.BuildingOf(Grid)), Household);
        await FoldAsync<VisitFact, VisitSnapshot>(
            GrainKinds.Visit, new VisitFold(new VisitSnapshot()), 2,
            new HouseholdLinked(_now, "w", link), new HouseholdVisited(_now, "w", "l1", "好"),
            new HouseholdVisited(_now, "w", "l1", "好"));
        var request = new ServiceRequest("s1", "m1", ServiceMode.ForYou, "李", "13812345678", null, null);
        await FoldAsync<ServiceFact, ServiceSnapshot>(
            GrainKinds.Service, new ServiceFold(new ServiceSnapshot()), 3,
            new ServiceAsked(_now, "r", "s1", request, _now), new ServiceTaken(_now, "w", "s1", "w"),
            new ServiceDone(_now, "w", "s1", "好"),
            new ServiceAsked(_now, "r", "s2", request with { Id = "s2" }, _now),
            new ServiceTaken(_now, "w", "s2", "w"));
    }

    private async Task ShiftsAsync()
    {
        await ShiftAsync(s_onDuty, Grid, 0, new ShiftStarted(_now, s_onDuty));
        await ShiftAsync(s_offDuty, SmallDistrict.FarGrid, 0, new ShiftStarted(_now, s_offDuty));
        await ShiftAsync(s_offDuty, SmallDistrict.FarGrid, 1, new ShiftEnded(_now, s_offDuty));
    }

    private Task ShiftAsync(string worker, string grid, long version, WorkerFact fact) => AppendAsync(
        GrainKinds.Worker.StreamOf(worker), version, fact,
        new DutyRow(worker, AreaCode.Parse(grid), fact is ShiftStarted, fact.At, version + 1));

    /// <summary>A round of last week is settled and gone from the snapshot, one of today is done and missed.</summary>
    private Task PatrolsAsync()
    {
        var gate = SmallDistrict.PointIn(Grid);
        var plan = new PatrolPlan(
            "p1", "巡查", Line.PublicSecurity,
            [new Checkpoint("c1", "东门", gate, 50), new Checkpoint("c2", "西门", gate, 50)],
            [new PatrolWindow(0, 0)], [], 1, null);
        var (old, today) =
            (new PatrolSlot("p1", ChinaTime.DayNumber(_now.AddDays(-7)), 0, "c1"),
                new PatrolSlot("p1", ChinaTime.DayNumber(_now), 0, "c1"));
        return FoldAsync<PatrolFact, PatrolSnapshot>(
            GrainKinds.Patrol, new PatrolFold(new PatrolSnapshot()), 4,
            new PatrolPlanned(_now.AddDays(-8), "l", plan),
            new CheckpointDone(_now.AddDays(-7), s_onDuty, old, s_onDuty, CheckInWay.Code, "x"),
            new CheckpointMissed(_now.AddDays(-6), "clock", old with { Checkpoint = "c2" }, _now.AddDays(-6)),
            new CheckpointDone(_now, s_onDuty, today, s_onDuty, CheckInWay.Geofence, null),
            new CheckpointMissed(_now, "clock", today with { Checkpoint = "c2" }, _now),
            new PatrolEnded(_now, "l", "p1", "so"));
    }

    /// <summary>Two households are watched; of the second a door was heard before the snapshot was kept.</summary>
    private Task CareAsync()
    {
        var watch = new CareWatch(
            "c1", BuildingCode.Parse(SmallDistrict.BuildingOf(Grid)), Household, null, 24, "李", _now.AddDays(-3));
        return FoldAsync<CareFact, CareSnapshot>(
            GrainKinds.Care, new CareFold(new CareSnapshot()), 4,
            new CareBegun(_now.AddDays(-3), "w", watch),
            new CareBegun(_now.AddDays(-3), "w", watch with { Id = "c2", Household = "102" }),
            new CareAlarmed(_now.AddDays(-1), "clock", "c1", _now.AddDays(-3), _now.AddDays(-2)),
            new CareWasRead(_now, "w", default, null),
            new CareWidened(_now, "clock", "c2", CareCircle.Grid, _now), new CareWasRead(_now, "w", default, null));
    }

    private async Task FoldAsync<TFact, TSnapshot>(
        GrainKind kind, FactFold<TFact, TSnapshot> fold, int keptAfter, params TFact[] facts)
        where TFact : class, IFact
        where TSnapshot : IFoldSnapshot
    {
        foreach (var (version, fact) in facts.Index())
        {
            await AppendAsync(kind.StreamOf(Grid), version, fact);
            fold.Apply(version + 1, fact);
            if (version + 1 != keptAfter)
                continue;

            fold.Settled(_now);
            (fold as CareFold)?.Seen("c2", _now.AddHours(-1));
            await States.WriteAsync(
                kind.Name, kind.Name, Grid, JsonSerializer.SerializeToUtf8Bytes(fold.ToSnapshot(), MeshJson.Compact),
                null);
        }
    }

    private async Task AppendAsync<TFact>(string stream, long version, TFact fact, DutyRow? duty = null)
        where TFact : class, IFact =>
        (await Journal.AppendAsync(new JournalAppend(
            stream, version, Guid.NewGuid(), AreaCode.Parse(SmallDistrict.Code), [FactJson.ToNew(fact)], Duty: duty)))
        .Result.ShouldBe(AppendResult.Appended);
}
