using System.Globalization;
using GridMesh.Contracts.Directory;
using GridMesh.Exchange;

namespace GridMesh.Gateway.Rules;

/// <summary>One of the tables of the rules, and how it is told apart, read and put back.</summary>
/// <param name="Name">As in the endpoint's path.</param>
/// <param name="Key">What a row is called: a row with the key of another is that row, changed.</param>
/// <param name="Readers">By media type; beside the body they get the rules as they are.</param>
internal sealed record RuleKind<T>(
    string Name,
    Func<T, string> Key,
    Func<RuleTables, ImmutableArray<T>> Of,
    Func<RuleTables, ImmutableArray<T>, RuleTables> With,
    IReadOnlyDictionary<string, Func<Stream, RuleTables, RuleTable<T>>> Readers);

internal static class RuleKinds
{
    public const string Csv = "text/csv";

    public const string ICalendar = "text/calendar";

    public const string Json = "application/json";

    public static RuleKind<FilingStandard> Standards { get; } = new(
        "standards", standard => standard.Category, rules => rules.Standards,
        (rules, rows) => rules with { Standards = rows },
        new Dictionary<string, Func<Stream, RuleTables, RuleTable<FilingStandard>>>
        {
            [Csv] = (body, rules) => RuleFiles.ReadStandards(body, rules.Ladders),
        });

    public static RuleKind<CalendarDay> Calendar { get; } = new(
        "calendar", day => day.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), rules => rules.Calendar,
        (rules, rows) => rules with { Calendar = rows },
        new Dictionary<string, Func<Stream, RuleTables, RuleTable<CalendarDay>>>
        {
            [Csv] = (body, _) => RuleFiles.ReadCalendar(body),
            [ICalendar] = (body, _) => RuleFiles.ReadICalendar(body),
        });

    public static RuleKind<LadderRow> Ladders { get; } = new(
        "ladders", LadderItem.KeyOf, rules => rules.Ladders, (rules, rows) => rules with { Ladders = rows },
        new Dictionary<string, Func<Stream, RuleTables, RuleTable<LadderRow>>>
        {
            [Csv] = (body, rules) => RuleFiles.ReadLadders(body, rules.Standards),
            [Json] = (body, rules) => RuleFiles.ReadLadders(LadderItem.ToCsv(body), rules.Standards),
        });
}
