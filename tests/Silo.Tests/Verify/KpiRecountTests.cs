using GridMesh.Contracts.Clocks;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Kpis;
using GridMesh.Contracts.Patrols;
using GridMesh.Contracts.Storage;
using GridMesh.Grains;
using GridMesh.Grains.Incidents;
using GridMesh.Grains.Kpis;
using GridMesh.Product.Fixture;
using GridMesh.Silo.Verify;
using Microsoft.Extensions.DependencyInjection;

namespace GridMesh.Silo.Tests.Verify;

public sealed class SqliteKpiRecountTests() : KpiRecountTests(new SqliteKpiPlace());

public sealed class PostgresKpiRecountTests() : KpiRecountTests(new PostgresKpiPlace())
{
    [Fact(DisplayName = "[KP10] of several writers each is judged as far as its own cursor reaches, also where a case went from one to the other")]
    public async Task Writers()
    {
        await using var late = await Place.OpenAsync();
        await WriteAsync(late, Case(1), Reported());
        await WriteAsync(late, Case(2), Reported());
        await using (var other = await Place.OpenAsync())
        {
            // A process that joins later first looks for what an earlier one of its number left: nothing here.
            var kpis = other.GetRequiredService<IKpiStore>();
            while (await kpis.ReadTailAsync(100) is { } tail)
            {
                tail.Facts.ShouldBeEmpty();
                await kpis.AddTailAsync(tail, []);
            }

            await WriteAsync(other, Case(1), Dispatched(Worker), Accepted(Worker));
        }

        (await RecountAsync()).ShouldBe((0, 2));
        await late.DisposeAsync();
        (await RecountAsync()).ShouldBe((0, 0));
    }
}

public abstract class KpiRecountTests(KpiPlace place) : IAsyncLifetime
{
    protected const string Department = "D-urban";

    protected static readonly string Worker = SmallDistrict.WorkerOf(SmallDistrict.Grid);

    private static readonly DirectoryView s_directory = new(SmallDistrict.Data);

    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();
    private readonly Dictionary<CaseNumber, (long Version, CaseTally? Tally)> _cases = [];

    protected KpiPlace Place => place;

    public async ValueTask InitializeAsync() => await place.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        await place.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Theory(DisplayName = "[KP10] a life is recounted clean, and a row of the indices that was changed, lost or put there is told with whose it is")]
    [InlineData(
        "UPDATE kpi_days SET handled = handled + 7 WHERE subject = '450105001'", "indices of 450105001, day ",
        "handled is 8, the journal says 1")]
    [InlineData(
        "UPDATE kpi_hours SET reported = 0 WHERE subject = '450105002002002'", "indices of 450105002002002, hour ",
        "reported is 0, the journal says 1")]
    [InlineData(
        "DELETE FROM kpi_days WHERE subject = '450105001001001'", "indices of 450105001001001, day ",
        "patrolsDue is 0, the journal says 2")]
    [InlineData(
        "UPDATE kpi_days SET subject = '450105009' WHERE subject = 'p:450105:Worker'", "indices of 450105009, day ",
        "dispatched is 1, the journal says 0")]
    [InlineData(
        "UPDATE kpi_days SET accepted = accepted + 1 WHERE subject = 'd:D-urban'", "all owners",
        "accepted is 3, the journal says 2")]
    [InlineData("DELETE FROM kpi_hours WHERE subject LIKE 'w:%'", "all owners", "patrolsDue is 0, the journal says 1")]
    public async Task Tampered(string sql, params string[] told)
    {
        await using (var services = await Place.OpenAsync())
        {
            await WriteAsync(services, Case(1), Reported(), Dispatched(Worker), Accepted(Worker), Resolved(Worker));
            await WriteAsync(
                services, Case(1, SmallDistrict.FarGrid), Reported(), Dispatched(Department), Accepted(Department));
            await PatrolAsync(services);
        }

        var (differences, waiting) = await RecountAsync();
        (differences, waiting).ShouldBe((0, 0));
        (await Place.TamperAsync(sql)).ShouldBe(1);
        var line = (await DifferencesAsync()).Differences.ShouldHaveSingleItem();
        told.ShouldAllBe(text => line.Contains(text));
    }

    [Fact(DisplayName = "[KP10] an owner who left, facts that the tables do not have yet, and hours that are not kept any more are no difference")]
    public async Task NoFalseAlarm()
    {
        var old = _now.AddDays(-IKpiStore.HoursKeptDays - 9);
        await using (var services = await Place.OpenAsync())
        {
            await WriteAsync(services, Case(1), Reported(old), Dispatched(Worker, old));
            await WriteAsync(services, Case(2), Reported(), Dispatched(Worker));
            await WriteAsync(services, Case(2), DirectoryView.Empty, Accepted(Worker), Resolved(Worker));
        }

        (await Place.TamperAsync(
            $"DELETE FROM kpi_hours WHERE start < {old.AddDays(2).UtcTicks / TimeSpan.TicksPerHour}")).ShouldBe(0);
        (await RecountAsync()).ShouldBe((0, 0));
        await using var running = await Place.OpenAsync();
        await WriteAsync(running, Case(3), Reported(), Dispatched(Worker), Accepted(Worker));
        (await RecountAsync(running)).ShouldBe((0, 3));
    }

    [Fact(DisplayName = "[KP10] of many rows that differ twenty are told and the rest is counted")]
    public void Bounded()
    {
        var (comparison, counted) = (new KpiComparison(), new KpiSums(_now));
        for (var day = 0; day < 25; day++)
            counted.Add(new KpiEntry(_now.AddDays(-day), ["450105"], [new KpiCount(KpiCounter.Reported, 1)]));

        comparison.Compare("450105", new KpiSums(_now), counted);
        comparison.Differences.Count.ShouldBe(KpiComparison.ToldMax + 1);
        comparison.Differences[^1].ShouldStartWith("5 more rows");
    }

    protected static CaseNumber Case(int serial, string grid = SmallDistrict.Grid) =>
        CaseNumber.Create(AreaCode.Parse(grid), ChinaTime.Day(TimeProvider.System.GetUtcNow()), serial);

    protected IncidentReported Reported(DateTimeOffset? at = null) => new(
        at ?? _now, "r", "litter", Line.UrbanManagement, Severity.Normal, "垃圾", null, Source.Resident, null, null,
        _now);

    protected IncidentDispatched Dispatched(string owner, DateTimeOffset? at = null) =>
        new(at ?? _now, "d", owner, _now);

    protected IncidentAccepted Accepted(string owner) => new(_now, owner, _now);

    protected IncidentResolved Resolved(string owner) => new(_now, owner, "好", [], _now);

    protected Task WriteAsync(IServiceProvider services, CaseNumber number, params IncidentFact[] facts) =>
        WriteAsync(services, number, s_directory, facts);

    /// <summary>How many differences, and how many facts wait.</summary>
    protected async Task<(int Differences, long Waiting)> RecountAsync(IServiceProvider? services = null)
    {
        var (differences, waiting) = await DifferencesAsync(services);
        return (differences.Count, waiting);
    }

    private async Task<(IReadOnlyList<string> Differences, long Waiting)> DifferencesAsync(
        IServiceProvider? services = null)
    {
        await using var own = services is null ? await Place.OpenAsync() : null;
        var recount = new KpiRecount((services ?? own!).GetRequiredService<IKpiStore>(), TimeProvider.System);
        var differences = await recount.RunAsync();
        recount.Rows.ShouldBeGreaterThan(0);
        return (differences, recount.Waiting);
    }

    private async Task WriteAsync(
        IServiceProvider services, CaseNumber number, DirectoryView directory, params IncidentFact[] facts)
    {
        foreach (var fact in facts)
        {
            var (version, before) = _cases.GetValueOrDefault(number);
            _cases[number] = (version + 1, CaseTally.Fold(before, fact, out var tallies));
            await AppendAsync(
                services, number.Value, version, FactJson.ToNew(fact), KpiEntries.Of(number, tallies, directory));
        }
    }

    private async Task PatrolAsync(IServiceProvider services)
    {
        var grid = AreaCode.Parse(SmallDistrict.Grid);
        var slot = new PatrolSlot("p1", 20260701, 0, "c1");
        PatrolFact[] facts =
        [
            new CheckpointMissed(_now, "clock", slot, _now),
            new CheckpointDone(_now, Worker, slot with { Checkpoint = "c2" }, Worker, default, null),
        ];
        for (var i = 0; i < facts.Length; i++)
        {
            await AppendAsync(
                services, GrainKinds.Patrol.StreamOf(grid.Value), i, FactJson.ToNew(facts[i]),
                KpiEntries.Of(grid, facts[i], s_directory));
        }
    }

    private static async Task AppendAsync(
        IServiceProvider services, string stream, long version, NewFact fact, IEnumerable<KpiEntry> kpis) =>
        (await services.GetRequiredService<IJournal>().AppendAsync(new JournalAppend(
            stream, version, Guid.NewGuid(), AreaCode.Parse(SmallDistrict.Code), [fact], Kpis: [.. kpis])))
        .Result.ShouldBe(AppendResult.Appended);
}
