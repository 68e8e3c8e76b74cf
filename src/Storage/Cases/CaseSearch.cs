using System.Data.Common;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Storage;
using GridMesh.Storage.Databases;

namespace GridMesh.Storage.Cases;

/// <summary>
/// Words a search as one statement. Each tier has an index of (its digits, time of report), so a page is read in order
/// and stops when it is full. A text is looked for by a scan along that index.
/// </summary>
internal sealed class CaseSearch
{
    private readonly List<string> _conditions = [];
    private readonly List<(string, object?)> _parameters = [];

    public static DbCommand Command(
        Database database, DbConnection connection, CaseQuery query, int limit, CaseCursor? cursor)
    {
        var search = new CaseSearch();
        search.Area(query.Area, hasOwnIndex: !query.Categories.IsDefaultOrEmpty || query.IsOpen == true
            || query.Overdue == true || (query.Step is { } step && step.IsOpen()));
        search.Filters(query);
        if (!string.IsNullOrEmpty(query.Text))
        {
            search.Where(
                $"({database.Contains("number", "@text")} OR {database.Contains("description", "@text")})",
                ("text", query.Text));
        }

        if (cursor is { } after)
        {
            search.Where(
                "(reported_at, number) < (@afterAt, @afterNumber)",
                ("afterAt", after.ReportedTicks), ("afterNumber", after.Number));
        }

        return connection.Command(
            $"SELECT {CaseRows.Columns} FROM cases WHERE {string.Join(" AND ", search._conditions)}"
            + $" ORDER BY reported_at DESC, number DESC LIMIT {limit}",
            [.. search._parameters]);
    }

    /// <param name="hasOwnIndex">Only open cases are asked for, or some categories.</param>
    private void Area(AreaCode area, bool hasOwnIndex)
    {
        var code = area.Value;
        if (hasOwnIndex && area.Tier is (Tier.District or Tier.Town))
        {
            // Open cases are few beside the closed ones of years, and so are those of a category. Worded so that no
            // index on the area fits, and theirs is left: without statistics SQLite would go through all of the area.
            Where($"(substr(number, 1, {code.Length}) || '') = @area", ("area", code));
            return;
        }

        if (area.Tier >= Tier.District)
        {
            // The length stands in the text, not in a parameter: only so does the planner know the index.
            Where($"substr(number, 1, {code.Length}) = @area", ("area", code));
            return;
        }

        // ':' follows '9', so this is every number that begins with the code.
        Where("number >= @area AND number < @areaEnd", ("area", code), ("areaEnd", code + ":"));
    }

    private void Filters(CaseQuery query)
    {
        if (query.Step is { } step)
        {
            Where("step = @step", ("step", (short)step));

            // Implied by an open step; said so that the index of open cases can serve.
            if (step.IsOpen())
                Where("closed_day = 0");
        }

        if (query.Line is { } line)
            Where("line = @line", ("line", (short)line));
        if (query.Overdue is { } overdue)
        {
            Where("overdue = @overdue", ("overdue", (short)(overdue ? 1 : 0)));

            // Only an open case can be overdue; said so for the same index, which a million closed cases are not in.
            if (overdue)
                Where("closed_day = 0");
        }

        if (query.From is { } from)
            Where("reported_at >= @from", ("from", from.UtcTicks));
        if (query.To is { } to)
            Where("reported_at < @to", ("to", to.UtcTicks));
        if (!query.Lines.IsDefaultOrEmpty)
            Where($"line IN ({string.Join(", ", query.Lines.Select(allowed => (int)allowed))})");
        if (query.IsOpen is { } isOpen)
            Where(isOpen ? "closed_day = 0" : "closed_day <> 0");
        if (!query.Categories.IsDefaultOrEmpty)
        {
            (string Name, object?)[] categories =
                [.. query.Categories.Select((category, i) => ($"category{i}", (object?)category))];
            Where($"category IN ({string.Join(", ", categories.Select(one => $"@{one.Name}"))})", categories);
        }
    }

    private void Where(string condition, params ReadOnlySpan<(string, object?)> parameters)
    {
        _conditions.Add(condition);
        _parameters.AddRange(parameters);
    }
}
