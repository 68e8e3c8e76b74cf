using System.ComponentModel.DataAnnotations;
using System.Globalization;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Geo;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Patrols;
using GridMesh.Gateway.Plumbing.Input;
using GridMesh.Gateway.Plumbing.Problems;

namespace GridMesh.Gateway.Patrols;

internal sealed record CheckpointBody
{
    [MaxLength(Checkpoint.IdMax)]
    public string? Id { get; init; }

    [Required, MaxLength(Checkpoint.NameMax)]
    public string? Name { get; init; }

    [Required]
    public GeoPoint? Position { get; init; }

    [Range(Checkpoint.RadiusMin, Checkpoint.RadiusMax)]
    public int? Radius { get; init; }
}

/// <summary>Times of day in China, as 08:00.</summary>
internal sealed record WindowBody
{
    [Required, RegularExpression(TextForms.Clock)]
    public string? From { get; init; }

    [Required, RegularExpression(TextForms.Clock)]
    public string? To { get; init; }
}

/// <summary>Months and days, as 05-01.</summary>
internal sealed record SeasonBody
{
    [Required, RegularExpression(TextForms.DayOfYear)]
    public string? From { get; init; }

    [Required, RegularExpression(TextForms.DayOfYear)]
    public string? To { get; init; }
}

internal sealed record PatrolReasonBody
{
    [Required, MaxLength(IncidentCommand.TextMax)]
    public string? Reason { get; init; }
}

/// <summary>A plan as clients send it: everything may be missing or wrong until it is checked.</summary>
internal sealed record PlanBody
{
    /// <summary>Where a checkpoint names no radius, in metres.</summary>
    private const int RadiusDefault = 50;

    [Required, MaxLength(Checkpoint.NameMax)]
    public string? Name { get; init; }

    [NamesOf<Line>]
    public string? Line { get; init; }

    [Required, MinLength(1), MaxLength(PatrolPlan.CheckpointsMax)]
    public IReadOnlyList<CheckpointBody?>? Checkpoints { get; init; }

    [Required, MinLength(1), MaxLength(PatrolPlan.WindowsMax)]
    public IReadOnlyList<WindowBody?>? Windows { get; init; }

    [MaxLength(7)]
    public IReadOnlyList<int>? Weekdays { get; init; }

    [Range(1, PatrolPlan.EveryDaysMax)]
    public int? EveryDays { get; init; }

    public SeasonBody? Season { get; init; }

    /// <param name="isInside">Whether a place lies in the grid.</param>
    public PatrolPlan Read(Check check, string id, Func<GeoPoint, bool> isInside)
    {
        var weekdays = Weekdays ?? [];
        check.That(
            weekdays.All(day => day is >= 1 and <= 7) && weekdays.Distinct().Count() == weekdays.Count, "weekdays",
            "are 1 (Monday) to 7, each once");
        check.That(
            EveryDays is null or (>= 1 and <= PatrolPlan.EveryDaysMax), "everyDays", $"is 1-{PatrolPlan.EveryDaysMax}");
        return new PatrolPlan(
            id, check.Text(Name, "name", Checkpoint.NameMax),
            check.OneOf<Line>(Line, "line") ?? Contracts.Codes.Line.PublicSecurity,
            ReadCheckpoints(check, isInside), ReadWindows(check), [.. weekdays.Order()], EveryDays ?? 1,
            ReadSeason(check));
    }

    /// <summary>Letters, digits, '-' and '_': what an id may be made of wherever it is written.</summary>
    public static bool IsId(string? id) => id is { Length: > 0 and <= Checkpoint.IdMax }
        && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');

    private ImmutableArray<Checkpoint> ReadCheckpoints(Check check, Func<GeoPoint, bool> isInside)
    {
        var bodies = Checkpoints ?? [];
        check.That(
            bodies.Count is >= 1 and <= PatrolPlan.CheckpointsMax, "checkpoints",
            $"has 1-{PatrolPlan.CheckpointsMax} places");
        var read = ImmutableArray.CreateBuilder<Checkpoint>();
        foreach (var (i, body) in bodies.Take(PatrolPlan.CheckpointsMax).Index())
        {
            var field = $"checkpoints[{i}]";
            check.That(body?.Position is not null, $"{field}.position", "is required");
            var at = check.Point(body?.Position, $"{field}.position") ?? default;
            check.That(
                body?.Position is not { IsValid: true } || isInside(at), $"{field}.position", "lies outside the grid");
            var radius = body?.Radius ?? RadiusDefault;
            check.That(
                radius is >= Checkpoint.RadiusMin and <= Checkpoint.RadiusMax, $"{field}.radius",
                $"is {Checkpoint.RadiusMin}-{Checkpoint.RadiusMax} metres");
            var id = body?.Id ?? $"c{i + 1}";
            check.That(IsId(id), $"{field}.id", $"has 1-{Checkpoint.IdMax} letters, digits, '-' or '_'");
            read.Add(new Checkpoint(id, check.Text(body?.Name, $"{field}.name", Checkpoint.NameMax), at, radius));
        }

        check.That(read.DistinctBy(one => one.Id).Count() == read.Count, "checkpoints", "has each id once");
        return read.ToImmutable();
    }

    private ImmutableArray<PatrolWindow> ReadWindows(Check check)
    {
        var bodies = Windows ?? [];
        check.That(
            bodies.Count is >= 1 and <= PatrolPlan.WindowsMax, "windows", $"has 1-{PatrolPlan.WindowsMax} windows");
        var read = ImmutableArray.CreateBuilder<PatrolWindow>();
        foreach (var (i, body) in bodies.Take(PatrolPlan.WindowsMax).Index())
        {
            var window = new PatrolWindow(
                Minute(check, body?.From, $"windows[{i}].from"), Minute(check, body?.To, $"windows[{i}].to"));
            check.That(
                window.Minutes >= PatrolWindow.MinutesMin, $"windows[{i}]",
                $"is at least {PatrolWindow.MinutesMin} minutes long");
            read.Add(window);
        }

        var sorted = read.OrderBy(window => window.From).ToArray();
        check.That(
            sorted.Length == 0 || (sorted.Sum(window => window.Minutes) <= PatrolWindow.MinutesOfDay
                && sorted.Zip(sorted.Skip(1)).All(pair => pair.First.From + pair.First.Minutes <= pair.Second.From)
                && sorted[^1].From + sorted[^1].Minutes - PatrolWindow.MinutesOfDay <= sorted[0].From),
            "windows", "do not overlap");
        return [.. sorted];
    }

    private PatrolSeason? ReadSeason(Check check) => Season is { } season
        ? new PatrolSeason(DayOfYear(check, season.From, "season.from"), DayOfYear(check, season.To, "season.to"))
        : null;

    private static int Minute(Check check, string? text, string field)
    {
        var isTime = TimeOnly.TryParseExact(
            text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at);
        check.That(isTime, field, "is a time of day as 08:00");
        return (at.Hour * 60) + at.Minute;
    }

    /// <summary>In a leap year, so that 29 February is a day.</summary>
    private static int DayOfYear(Check check, string? text, string field)
    {
        var isDay = DateOnly.TryParseExact(
            $"2024-{text}", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day);
        check.That(isDay, field, "is a month and day as 05-01");
        return (day.Month * 100) + day.Day;
    }
}
