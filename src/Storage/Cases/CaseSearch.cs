using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Storage;
using GridMesh.Storage.Databases;
using GridMesh.Storage.Personal;

namespace GridMesh.Storage.Cases;

/// <summary>
/// Words a search as one statement. Each tier has an index of (its digits, time of report), owners, categories and open
/// cases have one too, so a page is read in order along the narrowest of them and stops when it is full. A text that
/// few cases have is looked up in the index of words instead.
/// </summary>
internal sealed class CaseSearch(SecretBox box)
{
    /// <summary>Most cases with a text that is taken for rare.</summary>
    public const int RareMax = 2_000;

    private const int GridDigits = 15;

    private readonly List<string> _conditions = [];
    private readonly List<(string, object?)> _parameters = [];

    public static async ValueTask<DbCommand> CommandAsync(
        Database database, SecretBox box, IWordIndex index, DbConnection connection, CaseQuery query, int limit,
        CaseCursor? cursor, CancellationToken cancellation)
    {
        var search = new CaseSearch(box);
        var words = query.Text is { Length: > 0 } text && !CouldBeNumber(text) ? text : null;
        var filter = words is null ? null : await index.FindWordsAsync(connection, words, cancellation);
        var isNarrowed = filter is { IsNarrow: true } || query.Owner is not null || query.Reporter is not null
                || IsWholeBeginning(query.Text);
        search.Area(query, isNarrowed);
        search.Filters(query, isNarrowed);
        search.Text(database, query.Text, words, filter);
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

    /// <summary>A number has digits and dashes only; whatever has anything else is no part of one.</summary>
    private static bool CouldBeNumber(string text) => text.All(letter => char.IsAsciiDigit(letter) || letter == '-');

    /// <summary>Only a number begins with a grid and a dash: a range of the primary key.</summary>
    private static bool IsWholeBeginning(string? text) => text is { Length: > GridDigits }
        && CouldBeNumber(text) && text.IndexOf('-', StringComparison.Ordinal) == GridDigits;

    /// <param name="isNarrowed">Something else leaves few cases whatever the area.</param>
    private void Area(CaseQuery query, bool isNarrowed)
    {
        var code = query.Area.Value;
        var tier = query.Area.Tier;
        var isOpen = query.IsOpen == true || query.Overdue == true || AreOpen(query.Steps);
        if (isNarrowed || (tier <= Tier.Town && (isOpen || !query.Categories.IsDefaultOrEmpty)))
        {
            // Few are open beside the closed ones of years. Worded so that no index on the
            // area fits and the narrower one is left: without statistics SQLite would go through the whole area.
            Where($"(substr(number, 1, {code.Length}) || '') = @area", ("area", code));
            return;
        }

        if (tier >= Tier.District)
        {
            // The length stands in the text, not in a parameter: only so does the planner know the index.
            Where($"substr(number, 1, {code.Length}) = @area", ("area", code));
            return;
        }

        // ':' follows '9', so this is every number that begins with the code.
        Where("number >= @area AND number < @areaEnd", ("area", code), ("areaEnd", code + ":"));
    }

    private void Filters(CaseQuery query, bool isNarrowed)
    {
        if (!query.Steps.IsDefaultOrEmpty)
            Where($"step IN ({string.Join(", ", query.Steps.Select(step => (int)step))})");

        // Implied by open steps; said so that the index of open cases can serve.
        if (AreOpen(query.Steps))
            Where("closed_day = 0");
        if (!query.AnyLine.IsDefaultOrEmpty)
            OfLines(query.AnyLine);
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
            OfLines(query.Lines);
        if (query.IsOpen is { } isOpen)
            Where(isOpen ? "closed_day = 0" : "closed_day <> 0");
        if (!query.Categories.IsDefaultOrEmpty)
        {
            (string Name, object?)[] categories =
                [.. query.Categories.Select((category, i) => ($"category{i}", (object?)category))];
            Where(
                $"{(isNarrowed ? "(category || '')" : "category")}"
                + $" IN ({string.Join(", ", categories.Select(one => $"@{one.Name}"))})",
                categories);
        }

        if (query.Owner is { } owner)
            Where("owner = @owner", ("owner", owner));
        if (query.Reporter is { } reporter)
        {
            // Who wrote the first fact: by its keyed hash, and in facts of before by an index of reports alone.
            Where(
                "number IN (SELECT stream FROM personal_names WHERE hash = @person AND is_author = 1"
                + " UNION ALL SELECT stream FROM facts WHERE author = @reporter AND type = 'IncidentReported')",
                ("person", PersonalName.HashOf(reporter, box)), ("reporter", reporter));
        }
    }

    private static bool AreOpen(ImmutableArray<Step> steps) =>
        !steps.IsDefaultOrEmpty && steps.All(step => step.IsOpen());

    /// <summary>Cases of these lines, and those that one of them was called to.</summary>
    private void OfLines(ImmutableArray<Line> lines) => Where(LinesCondition(lines));

    public static string LinesCondition(ImmutableArray<Line> lines) =>
        $"(line IN ({string.Join(", ", lines.Select(line => (int)line))}) OR (also_lines & {lines.ToBits()}) <> 0)";

    private void Text(Database database, string? text, string? words, WordFilter? filter)
    {
        if (string.IsNullOrEmpty(text))
            return;
        if (words is null)
        {
            Number(database, text);
            return;
        }

        Where(database.Contains("description", "@text"), ("text", words));
        if (filter is not null)
            Where(filter.Condition, ("words", filter.Words));
    }

    private void Number(Database database, string text)
    {
        if (IsWholeBeginning(text))
        {
            Where("number >= @text AND number < @textEnd", ("text", text), ("textEnd", text + ":"));
            return;
        }

        Where(
            $"({database.Contains("number", "@text")} OR {database.Contains("description", "@text")})", ("text", text));
    }

    private void Where(string condition, params ReadOnlySpan<(string, object?)> parameters)
    {
        _conditions.Add(condition);
        _parameters.AddRange(parameters);
    }
}
