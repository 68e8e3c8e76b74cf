using GridMesh.Contracts.Directory;
using GridMesh.Exchange.Calendars;
using GridMesh.Exchange.Checks;
using GridMesh.Exchange.Rows;

namespace GridMesh.Exchange;

/// <summary>What reading one table of the rules came to.</summary>
/// <param name="Rows">Null when there is even one problem.</param>
public sealed record RuleTable<T>(ImmutableArray<T>? Rows, IReadOnlyList<ImportProblem> Problems);

/// <summary>
/// The rules in files of their own, with the columns and checks that they have in a package (docs/exchange.md). Reading
/// never throws for what is in a file.
/// </summary>
public static class RuleFiles
{
    /// <param name="ladders">Those in force: what they name has to stay.</param>
    public static RuleTable<FilingStandard> ReadStandards(Stream csv, IEnumerable<LadderRow> ladders) => Read(
        problems => DirectoryTables.Standards.ReadFrom(csv, problems),
        (rows, check) =>
        {
            check.CheckStandards(rows);
            check.CheckNamed(rows, ladders);
        });

    public static RuleTable<CalendarDay> ReadCalendar(Stream csv) => Read(
        problems => DirectoryTables.Calendar.ReadFrom(csv, problems),
        (rows, check) => check.CheckCalendar(rows, PackageFiles.Calendar));

    /// <exception cref="IOException">The stream broke off.</exception>
    public static RuleTable<CalendarDay> ReadICalendar(Stream ics) => Read(
        problems => CalendarFile.ReadFrom(ics, problems),
        (rows, check) => check.CheckCalendar(rows, PackageFiles.ICalendar));

    /// <param name="standards">Those in force.</param>
    public static RuleTable<LadderRow> ReadLadders(Stream csv, IEnumerable<FilingStandard> standards) => Read(
        problems => DirectoryTables.Ladders.ReadFrom(csv, problems),
        (rows, check) => check.CheckLadders(rows, [.. standards.Select(standard => standard.Category)]));

    public static void Write(Stream csv, IEnumerable<FilingStandard> standards) =>
        DirectoryTables.Standards.WriteTo(csv, standards);

    public static void Write(Stream csv, IEnumerable<CalendarDay> days) =>
        DirectoryTables.Calendar.WriteTo(csv, days);

    public static void Write(Stream csv, IEnumerable<LadderRow> ladders) =>
        DirectoryTables.Ladders.WriteTo(csv, ladders);

    /// <param name="at">When the days were changed last.</param>
    public static void WriteICalendar(Stream ics, IEnumerable<CalendarDay> days, DateTimeOffset at) =>
        new CalendarWriter(ics, at).Write(days);

    private static RuleTable<T> Read<T>(
        Func<ProblemList, List<Located<T>>> read, Action<List<Located<T>>, RuleCheck> check)
    {
        var problems = new ProblemList();
        var rows = read(problems);
        if (problems.IsEmpty)
            check(rows, new RuleCheck(problems));

        return new RuleTable<T>(problems.IsEmpty ? [.. rows.Select(row => row.Value)] : null, problems.ToList());
    }
}
