using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Storage;
using GridMesh.Contracts.Workers;
using GridMesh.Storage.Tests.Support;

namespace GridMesh.Storage.Tests.Contract;

public abstract class CaseContract(IPlace place) : StorageContract(place)
{
    private const int Today = 20260701;

    [Fact(DisplayName = "[ST11] a case row is read back as it was written, with and without its optional parts")]
    public async Task ReadsBack()
    {
        var full = Samples.Case(
            1) with { AlarmKey = "smoke/7", Overdue = true, ReportedAt = Samples.Noon.AddTicks(3),
            RungAt = Samples.Noon.AddTicks(5) };
        var bare = Samples.Case(
            2) with { Position = null, DueAt = null, Owner = null, AlarmKey = null, Description = "" };
        await PutAsync(full);
        await PutAsync(bare);
        (await GridAsync()).OrderBy(row => row.Number.Value).ShouldBe([full, bare]);
        (await Store.Cases.ReadAllCasesAsync(Token).ToListAsync(Token)).ShouldBe([full, bare]);
    }

    [Fact(DisplayName = "[ST11] a case row never goes back in version, neither in a later group nor within one")]
    public async Task NeverBack()
    {
        var rows = Enumerable.Range(1, 3).Select(version => Samples.Case(1, version) with { Category = $"v{version}" });
        var newest = rows.Last();
        await Task.WhenAll(rows.Reverse().Select((row, i) => AppendAsync(Samples.Append($"s{i}", 0, row: row))));
        (await GridAsync()).ShouldBe([newest]);
        await PutAsync(rows.First());
        (await GridAsync()).ShouldBe([newest]);
    }

    [Fact(DisplayName = "[ST11] a refused append changes no row")]
    public async Task RefusedChangesNothing()
    {
        var row = Samples.Case(1);
        await AppendAsync(Samples.Append("s", 0, row: row));
        await AppendAsync(Samples.Append("s", 0, row: row with { Version = 9 }));
        (await GridAsync()).ShouldBe([row]);
    }

    [Fact(DisplayName = "[ST28] a case that closes, closes on another day or opens anew is found by its day each time, and under its old one no more")]
    public async Task DaysChange()
    {
        var yesterday = Samples.Noon.AddDays(-1);
        var open = Samples.Case(1, 1, reportedAt: yesterday);
        foreach (var (row, isFound) in new[]
        {
            (open, true),
            (open with { Version = 2, Step = Step.Closed, ClosedDay = Today, Description = "closed" }, true),
            (open with { Version = 3, Step = Step.Evaluated, ClosedDay = Today - 1 }, false),
            (open with { Version = 4, Step = Step.Handling, ClosedDay = 0 }, true),
            (open with { Version = 5, Step = Step.Closed, ClosedDay = Today - 1 }, false),
        })
        {
            await PutAsync(row);
            (await GridAsync()).ShouldBe(isFound ? [row] : []);
            (await Store.Cases.ReadAllCasesAsync(Token).ToListAsync(Token)).ShouldBe([row]);
        }
    }

    [Fact(DisplayName = "[ST12] a grid's rows are those open, reported or closed on the day, and the digest is theirs")]
    public async Task GridRows()
    {
        var yesterday = Samples.Noon.AddDays(-1);
        CaseRow[] wanted =
        [
            Samples.Case(1, 3),
            Samples.Case(2, 5, step: Step.Closed, closedDay: Today),
            Samples.Case(3, 7, reportedAt: yesterday),
            Samples.Case(4, 2, reportedAt: yesterday, step: Step.Closed, closedDay: Today),
            Samples.Case(5, 4, step: Step.Merged, closedDay: Today + 1),
        ];
        CaseRow[] others =
        [
            Samples.Case(6, reportedAt: yesterday, step: Step.Closed, closedDay: Today - 1),
            Samples.Case(7, grid: AreaCode.Parse("450105001003008")),
        ];
        foreach (var row in wanted.Concat(others))
            await PutAsync(row);
        var rows = await GridAsync();
        rows.OrderBy(row => row.Number.Serial).ShouldBe(wanted);
        var digest = await Store.Cases.DigestGridAsync(Samples.Grid, Today, Token);
        digest.ShouldBe(new GridDigest(rows.Count, rows.Sum(row => row.Version)));
        (await Store.Cases.DigestGridAsync(AreaCode.Parse("450105001003999"), Today, Token))
            .ShouldBe(new GridDigest(0, 0));
    }

    [Fact(DisplayName = "[ST13] the last serial of a grid and day is the highest number, also beyond four digits")]
    public async Task LastSerial()
    {
        var day = new DateOnly(2026, 7, 1);
        (await Store.Cases.LastSerialAsync(Samples.Grid, day, Token)).ShouldBe(0);
        foreach (var serial in new[] { 9_999, 10_000, 3 })
            await PutAsync(Samples.Case(serial));
        await PutAsync(Samples.Case(20_000, reportedAt: Samples.Noon.AddDays(1)));
        await PutAsync(Samples.Case(30_000, grid: AreaCode.Parse("450105001003008")));
        (await Store.Cases.LastSerialAsync(Samples.Grid, day, Token)).ShouldBe(10_000);
    }

    [Fact(DisplayName = "[ST14] duty is written with the shift's fact, never goes back, and is read by grid and by worker")]
    public async Task Duty()
    {
        var on = new DutyRow("w1", Samples.Grid, true, Samples.Noon, 1);
        var off = on with { OnDuty = false, Version = 2, Since = Samples.Noon.AddHours(8) };
        await AppendAsync(Samples.Append("worker:w1", 0, duty: on));
        (await Store.Cases.FindDutyAsync("w1", Token)).ShouldBe(on);
        await AppendAsync(Samples.Append("worker:w1", 1, duty: off));
        await AppendAsync(Samples.Append("worker:x", 0, duty: on));
        (await Store.Cases.FindDutyAsync("w1", Token)).ShouldBe(off);
        (await Store.Cases.FindDutyAsync("w2", Token)).ShouldBeNull();
        (await Store.Cases.ReadDutyAsync(Samples.Grid, Token)).ShouldBe([off]);
    }

    [Fact(DisplayName = "[ST12] the digest of a grid tells when somebody went on or off duty")]
    public async Task DutyDigest()
    {
        var on = new DutyRow("w1", Samples.Grid, true, Samples.Noon, 1);
        await AppendAsync(Samples.Append("worker:w1", 0, duty: on));
        await AppendAsync(Samples.Append("worker:w1", 1, duty: on with { OnDuty = false, Version = 2 }));
        await AppendAsync(Samples.Append("worker:w2", 0, duty: on with { Worker = "w2" }));
        await AppendAsync(
            Samples.Append("worker:w3", 0, duty: on with { Worker = "w3", Grid = AreaCode.Parse("450105001003008") }));
        (await Store.Cases.DigestGridAsync(Samples.Grid, Today, Token)).ShouldBe(new GridDigest(0, 0, 3));
    }

    [Fact(DisplayName = "[ST15] a search paged to its end equals a plain filter over all cases, newest first")]
    public async Task SearchEqualsBruteForce()
    {
        var random = new Random(20260701);
        var all = Enumerable.Range(1, 600).Select(serial => RandomCase(serial, random)).ToArray();
        await Task.WhenAll(all.Select(row => AppendAsync(Samples.Append(row.Number.Value, 0, row: row))));
        for (var i = 0; i < 80; i++)
        {
            var query = RandomQuery(random);
            var expected = all.Where(row => Matches(row, query))
                .OrderByDescending(row => row.ReportedAt)
                    .ThenByDescending(row => row.Number.Value, StringComparer.Ordinal);
            (await SearchAllAsync(query, random.Next(1, 60))).ShouldBe(expected.ToList(), query.ToString());
        }
    }

    [Fact(DisplayName = "[SD11] the time of the next rung follows every version of a row, whatever else changes with it")]
    public async Task RungsFollow()
    {
        var row = Samples.Case(1) with { Owner = null };
        foreach (var next in new[]
        {
            row,
            row with { Version = 2, Overdue = true, RungAt = Samples.Noon.AddMinutes(30) },
            row with { Version = 3, Overdue = true, RungAt = Samples.Noon.AddMinutes(60) },
            row with { Version = 4, Step = Step.Dispatched, Owner = "worker-7" },
            row
                with { Version = 5, Step = Step.Handling, Owner = "worker-7", Overdue = true,
                    RungAt = Samples.Noon.AddDays(1) },
            row with { Version = 6, Step = Step.Closed, Owner = "worker-7", ClosedDay = Today },
        })
        {
            await PutAsync(next);
            (await GridAsync()).ShouldBe([next]);
        }
    }

    [Fact(DisplayName = "[ST15] a search refuses a strange cursor and a page beyond the bound")]
    public async Task SearchRefuses()
    {
        var query = new CaseQuery(Samples.District);
        foreach (var cursor in new[] { "", "x", "1~2", "zz~450105001003007-260701-0001" })
            await Should.ThrowAsync<FormatException>(
                async () => await Store.Cases.SearchAsync(query, 10, cursor, Token));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(
            async () => await Store.Cases.SearchAsync(query, CaseQuery.LimitMax + 1, null, Token));
    }

    private Task PutAsync(CaseRow row) => AppendAsync(Samples.Append($"put-{Guid.NewGuid()}", 0, row: row));

    private async Task<IReadOnlyList<CaseRow>> GridAsync() =>
        await Store.Cases.ReadGridAsync(Samples.Grid, Today, Token);

    private async Task<List<CaseRow>> SearchAllAsync(CaseQuery query, int limit)
    {
        var found = new List<CaseRow>();
        string? cursor = null;
        do
        {
            var page = await Store.Cases.SearchAsync(query, limit, cursor, Token);
            page.Items.Count.ShouldBeLessThanOrEqualTo(limit);
            found.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);
        return found;
    }

    private static CaseRow RandomCase(int serial, Random random)
    {
        var step = (Step)random.Next(10);
        var district = random.Next(4) == 0 ? "450106" : "450105";
        var grid = AreaCode.Parse($"{district}00{random.Next(1, 4)}00{random.Next(1, 4)}00{random.Next(1, 4)}");
        var at = Samples.Noon.AddMinutes(random.Next(200));
        var text = random.Next(
            4) switch { 0 => "井盖缺失", 1 => "noise 100% at_night", 2 => "烧秸秆🔥，井盖", _ => "Straw burning" };
        return Samples.Case(
            serial, 1, grid, step, at, step.IsOpen() ? 0 : Today, text, (Line)random.Next(7)) with
        {
            Overdue = random.Next(2) == 0 && step.IsOpen(),
            Owner = random.Next(3) switch { 0 => null, 1 => "worker-7", _ => "D-urban" },
            Category = random.Next(2) == 0 ? "manhole-missing" : "litter",
            AlsoLines = random.Next(3) == 0 ? random.Next(1 << 7) : 0,
        };
    }

    private static CaseQuery RandomQuery(Random random)
    {
        string[] areas = ["45", "4501", "450105", "450106", "450105001", "450105001002", "450105001002003", "4502"];
        string?[] texts = [
            null, null, "井盖", "盖", "🔥", "🔥，井", "100%", "t_n", "burning", "-0042", "450105001",
            $"{Samples.Grid.Value}-", "nothing"];
        return new CaseQuery(
            AreaCode.Parse(areas[random.Next(areas.Length)]),
            random.Next(3) == 0 ? [(Step)random.Next(10), (Step)random.Next(10)] : default,
            random.Next(4) == 0 ? [(Line)random.Next(7)] : default,
            random.Next(3) == 0 ? random.Next(2) == 0 : null,
            random.Next(3) == 0 ? Samples.Noon.AddMinutes(random.Next(200)) : null,
            random.Next(3) == 0 ? Samples.Noon.AddMinutes(random.Next(200)) : null,
            texts[random.Next(texts.Length)],
            random.Next(3) == 0 ? [(Line)random.Next(7), (Line)random.Next(7)] : default,
            random.Next(4) == 0 ? ["litter", random.Next(2) == 0 ? "manhole-missing" : "nothing"] : default,
            random.Next(3) == 0 ? random.Next(2) == 0 : null,
            random.Next(4) == 0 ? "D-urban" : null);
    }

    private static bool Matches(CaseRow row, CaseQuery query) =>
        query.Area.Contains(row.Number.Grid)
        && (query.Steps.IsDefaultOrEmpty || query.Steps.Contains(row.Step))
        && (query.AnyLine.IsDefaultOrEmpty || IsSeenBy(row, query.AnyLine))
        && (query.Overdue is null || row.Overdue == query.Overdue)
        && (query.From is null || row.ReportedAt >= query.From)
        && (query.To is null || row.ReportedAt < query.To)
        && (query.Text is null || row.Description.Contains(query.Text) || row.Number.Value.Contains(query.Text))
        && (query.Categories.IsDefaultOrEmpty || query.Categories.Contains(row.Category))
        && (query.IsOpen is null || row.Step.IsOpen() == query.IsOpen)
        && (query.Owner is null || row.Owner == query.Owner)
        && (query.Lines.IsDefaultOrEmpty || IsSeenBy(row, query.Lines));

    private static bool IsSeenBy(CaseRow row, IEnumerable<Line> lines) =>
        lines.Any(line => row.Line == line || (row.AlsoLines & (1 << (int)line)) != 0);
}
