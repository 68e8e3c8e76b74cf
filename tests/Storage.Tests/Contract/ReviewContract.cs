using System.Collections.Immutable;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Geo;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Storage;
using GridMesh.Storage.Tests.Support;

namespace GridMesh.Storage.Tests.Contract;

public abstract class ReviewContract(IPlace place) : StorageContract(place)
{
    private const int Cases = 300;

    private static readonly string[] s_grids =
        ["450105001001001", "450105001001002", "450105001002001", "450105002001001", "450106001001001"];

    private static readonly string[] s_areas = ["450105", "450105001", "450105001001", "450105001001001"];

    [Fact(DisplayName = "[RV1, RV2, RV5] what is open and what was reported equals a plain recount, for every tier and with lines")]
    public async Task Recount()
    {
        var rows = Some();
        await Task.WhenAll(rows.Select((row, i) => AppendAsync(Samples.Append($"s{i}", 0, row: row))));
        foreach (var area in s_areas)
        {
            foreach (var (line, lines) in new (Line?, Line[])[]
            {
                (null, []), (Line.UrbanManagement, []), (null, [Line.Emergency]),
                (Line.UrbanManagement, [Line.Emergency]),
            })
            {
                var query = new ReviewQuery(
                    AreaCode.Parse(area), Samples.Noon.AddDays(-30), Samples.Noon.AddDays(-2), Samples.Noon, line,
                    [.. lines]);
                Same(query, [.. rows.Where(row => IsAsked(query, row))], await Store.Reviews.ReadAsync(query, Token));
            }
        }
    }

    [Fact(DisplayName = "[RV1] ages are whole days: at most 7, 15 and 30 of them, and more")]
    public async Task Ages()
    {
        double[] days = [0, 7.9, 8, 15.9, 16, 30.9, 31];
        foreach (var (age, i) in days.Select((age, i) => (age, i)))
            await PutAsync(Samples.Case(i + 1, reportedAt: Samples.Noon.AddDays(-age)));
        var query = new ReviewQuery(Samples.District, Samples.Noon, Samples.Noon.AddDays(1), Samples.Noon);
        (await Store.Reviews.ReadAsync(query, Token)).Open.ShouldBe([new OpenCount("manhole-missing", 2, 2, 2, 1)]);
    }

    [Fact(DisplayName = "[RV1] the oldest open cases come first and are at most a hundred")]
    public async Task Bounded()
    {
        await Task.WhenAll(Enumerable.Range(1, ICaseReview.OldestMax + 1).Select(i => AppendAsync(
            Samples.Append($"s{i}", 0, row: Samples.Case(i, reportedAt: Samples.Noon.AddMinutes(-i))))));
        var query = new ReviewQuery(Samples.District, Samples.Noon, Samples.Noon.AddDays(1), Samples.Noon);
        var review = await Store.Reviews.ReadAsync(query, Token);
        review.Oldest.Count.ShouldBe(ICaseReview.OldestMax);
        review.Oldest[0].ReportedAt.ShouldBe(Samples.Noon.AddMinutes(-ICaseReview.OldestMax - 1));
        review.Open.Single().Week.ShouldBe(ICaseReview.OldestMax + 1);
    }

    [Fact(DisplayName = "[RV2] the fullest spot is told, and cases without a position are in none")]
    public async Task Spots()
    {
        GeoPoint?[] places =
            [new(108.3001, 22.8001), new(108.2999, 22.7999), new(108.3003, 22.8), new(108.35, 22.8), null, null, null,
                null];
        foreach (var (at, i) in places.Select((at, i) => (at, i)))
            await PutAsync(Samples.Case(i + 1) with { Position = at });
        await PutAsync(Samples.Case(50) with { Position = null, Category = "litter" });
        var query = new ReviewQuery(Samples.Grid, Samples.Noon, Samples.Noon.AddDays(1), Samples.Noon);
        (await Store.Reviews.ReadAsync(query, Token)).Reported.ShouldBe(
            [
                new RepeatCount(Samples.Grid, "litter", 1, 0, null),
                new RepeatCount(Samples.Grid, "manhole-missing", 8, 3, new GeoPoint(108.3, 22.8)),
            ]);
    }

    private static void Same(ReviewQuery query, CaseRow[] asked, CaseReview review)
    {
        var open = asked.Where(row => row.ClosedDay == 0 && row.ReportedAt < query.To).ToArray();
        review.Open.ShouldBe(open.GroupBy(row => row.Category).OrderBy(one => one.Key, StringComparer.Ordinal).Select(
            one => new OpenCount(one.Key, Aged(one, 0, 7), Aged(one, 8, 15), Aged(one, 16, 30), Aged(one, 31, 9_999))));
        review.Oldest.ShouldBe(
            open.OrderBy(row => row.ReportedAt).ThenBy(row => row.Number.Value, StringComparer.Ordinal)
            .Take(ICaseReview.OldestMax));
        review.Reported.Select(one => (one.Grid, one.Category, one.Cases)).ShouldBe(
            asked.Where(row => row.ReportedAt >= query.From && row.ReportedAt < query.To)
                .GroupBy(row => (row.Number.Grid, row.Category))
                .OrderBy(one => one.Key.Grid).ThenBy(one => one.Key.Category, StringComparer.Ordinal)
                .Select(one => (one.Key.Grid, one.Key.Category, (long)one.Count())));
    }

    private static long Aged(IEnumerable<CaseRow> rows, int from, int to) =>
        rows.Count(row => (int)(Samples.Noon - row.ReportedAt).TotalDays is var days && days >= from && days <= to);

    private static bool IsAsked(ReviewQuery query, CaseRow row) => query.Area.Contains(row.Number.Grid)
        && (query.Line is not { } line || row.Line == line
            || (row.AlsoLines & ImmutableArray.Create(line).ToBits()) != 0)
        && (query.Lines.IsEmpty || query.Lines.Contains(row.Line) || (row.AlsoLines & query.Lines.ToBits()) != 0);

    private static CaseRow[] Some()
    {
        var random = new Random(7);
        return
        [
            .. Enumerable.Range(1, Cases).Select(i => Samples.Case(
                i, grid: AreaCode.Parse(s_grids[random.Next(s_grids.Length)]),
                reportedAt: Samples.Noon.AddHours(-random.Next(60 * 24)), closedDay: random.Next(3) == 0 ? 0 : 20260701,
                line: random.Next(2) == 0 ? Line.UrbanManagement : Line.Emergency) with
                {
                    Category = $"c{random.Next(3)}",
                    AlsoLines = random.Next(4) == 0 ? ImmutableArray.Create(Line.Emergency).ToBits() : 0,
                }),
        ];
    }

    private Task PutAsync(CaseRow row) => AppendAsync(Samples.Append(Guid.NewGuid().ToString("N"), 0, row: row));
}
