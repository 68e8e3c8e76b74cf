using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using GridMesh.Contracts.Clocks;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Storage;
using GridMesh.Contracts.Workers;
using GridMesh.Storage.Databases;

namespace GridMesh.Storage.Cases;

/// <summary>Reads of the case and duty lists; they are written with the journal.</summary>
internal sealed class CaseIndex(Database database, IWordIndex words, SecretBox box) : ICaseIndex
{
    private const int PageRows = 1_000;

    private static readonly string s_gridRows = GridRows(CaseRows.Columns);

    private static readonly string s_gridDigest =
        "SELECT count(*), coalesce(sum(version), 0), (SELECT coalesce(sum(version), 0) FROM duty WHERE grid = @grid)"
        + $" FROM ({GridRows("version")}) AS rows";

    public async ValueTask<IReadOnlyList<CaseRow>> ReadGridAsync(
        AreaCode grid, int day, CancellationToken cancellation = default) =>
        await database.ListAsync(s_gridRows, CaseRows.Read, cancellation, OfDay(grid, day));

    public async ValueTask<GridDigest> DigestGridAsync(
        AreaCode grid, int day, CancellationToken cancellation = default)
    {
        var digest = await database.ListAsync(
            s_gridDigest,
            row => new GridDigest(
                row.GetInt64(0), Convert.ToInt64(row.GetValue(1), CultureInfo.InvariantCulture),
                Convert.ToInt64(row.GetValue(2), CultureInfo.InvariantCulture)),
            cancellation, OfDay(grid, day));
        return digest[0];
    }

    public async ValueTask<int> LastSerialAsync(
        AreaCode grid, DateOnly day, CancellationToken cancellation = default)
    {
        // '.' follows '-', so the range is every number of that grid and day.
        var prefix = string.Create(CultureInfo.InvariantCulture, $"{grid.Value}-{day:yyMMdd}");
        var serial = await database.ListAsync(
            "SELECT coalesce(max(serial), 0) FROM cases WHERE number >= @first AND number < @end",
            row => row.GetInt32(0),
            cancellation, ("first", prefix + "-"), ("end", prefix + "."));
        return serial[0];
    }

    public async ValueTask<CasePage> SearchAsync(
        CaseQuery query, int limit, string? cursor, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, CaseQuery.LimitMax);
        StorableText.Check(query.Text);
        CaseCursor? after = cursor is null ? null : CaseCursor.Parse(cursor);
        var rows = await database.ReadAsync(
            async (connection, token) =>
            {
                // One more than asked for tells whether there is a next page.
                await using var command = await CaseSearch.CommandAsync(
                    database, box, words, connection, query, limit + 1, after, token);
                return await command.ListAsync(CaseRows.Read, token);
            },
            cancellation);
        return rows.Count <= limit
            ? new CasePage(rows, null)
            : new CasePage(rows[..limit], CaseCursor.After(rows[limit - 1]).ToString());
    }

    public async ValueTask<IReadOnlyList<DutyRow>> ReadDutyAsync(
        AreaCode grid, CancellationToken cancellation = default) =>
        await database.ListAsync(
            $"SELECT {CaseRows.DutyColumns} FROM duty WHERE grid = @grid ORDER BY worker",
            CaseRows.ReadDuty, cancellation, ("grid", grid.Value));

    public async ValueTask<DutyRow?> FindDutyAsync(string worker, CancellationToken cancellation = default)
    {
        var rows = await database.ListAsync(
            $"SELECT {CaseRows.DutyColumns} FROM duty WHERE worker = @worker",
            CaseRows.ReadDuty, cancellation, ("worker", worker));
        return rows.Count == 0 ? null : rows[0];
    }

    public async IAsyncEnumerable<CaseRow> ReadAllCasesAsync(
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var after = "";
        while (true)
        {
            var page = await database.ListAsync(
                $"SELECT {CaseRows.Columns} FROM cases WHERE number > @after ORDER BY number LIMIT {PageRows}",
                CaseRows.Read, cancellation, ("after", after));
            foreach (var row in page)
                yield return row;
            if (page.Count < PageRows)
                yield break;
            after = page[^1].Number.Value;
        }
    }

    private static (string, object?)[] OfDay(AreaCode grid, int day)
    {
        var first = ChinaTime.StartOf(ChinaTime.DayOf(day));
        return
        [
            ("grid", grid.Value), ("day", day), ("from", first.UtcTicks), ("to", first.AddDays(1).UtcTicks),
        ];
    }

    // Two branches that exclude each other, so that each has its index and no row comes twice. The day of a report
    // follows from its time, which the index of searches has: a day needs none of its own.
    private static string GridRows(string columns) =>
        $"""
        SELECT {columns} FROM cases WHERE substr(number, 1, 15) = @grid AND closed_day IN (0, @day)
        UNION ALL
        SELECT {columns} FROM cases
        WHERE substr(number, 1, 15) = @grid AND reported_at >= @from AND reported_at < @to
            AND closed_day NOT IN (0, @day)
        """;
}
