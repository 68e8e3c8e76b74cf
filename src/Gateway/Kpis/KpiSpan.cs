using GridMesh.Contracts.Clocks;
using GridMesh.Contracts.Storage;
using GridMesh.Gateway.Plumbing.Problems;

namespace GridMesh.Gateway.Kpis;

internal enum KpiStep
{
    Hour,
    Day,
    Month,
}

/// <summary>A span of whole hours, days or months of China, the end excluded.</summary>
internal sealed record KpiSpan(KpiStep By, DateTimeOffset From, DateTimeOffset To)
{
    private const int HourDaysMax = 31;
    private const int DaysMax = 400;
    private const int MonthsMax = 60;

    public KpiPeriod Period => By == KpiStep.Hour ? KpiPeriod.Hour : KpiPeriod.Day;

    /// <summary>环比: the span of the same length that ends where this one begins.</summary>
    public KpiSpan Before => By == KpiStep.Month
        ? this with { From = Shift(From, -Months), To = From }
        : this with { From = From - (To - From), To = From };

    /// <summary>
    /// 同比: the same span a year earlier, from its first to its last day: the end of the 28th of February is not the
    /// beginning of the 29th.
    /// </summary>
    public KpiSpan YearBefore => By == KpiStep.Month
        ? this with { From = Shift(From, -12), To = Shift(To, -12) }
        : this with { From = Shift(From, -12), To = Shift(To - Unit, -12) + Unit };

    private TimeSpan Unit => By == KpiStep.Hour ? TimeSpan.FromHours(1) : TimeSpan.FromDays(1);

    private int Months => ((To.Year - From.Year) * 12) + To.Month - From.Month;

    /// <summary>Where the part begins that a row of hours or days belongs to.</summary>
    public DateTimeOffset PartOf(DateTimeOffset start) => By == KpiStep.Month ? Floor(start, By) : start;

    /// <summary>True while the hours that it asks for are kept; days always are.</summary>
    public bool IsKept(DateTimeOffset now) =>
        By != KpiStep.Hour || From >= now.AddDays(-IKpiStore.HoursKeptDays);

    /// <summary>Reads and checks; a span that is left out is today, the last 30 days or the last 12 months.</summary>
    public static KpiSpan? Read(
        Check check, string? by, DateTimeOffset? from, DateTimeOffset? to, DateTimeOffset now)
    {
        var step = check.OneOf<KpiStep>(by, "by") ?? KpiStep.Day;
        var end = to is { } until ? Ceiling(until, step) : Ceiling(now, step);
        var start = from is { } since ? Floor(since, step) : step switch
        {
            KpiStep.Hour => end.AddHours(-24),
            KpiStep.Day => end.AddDays(-30),
            _ => Shift(end, -12),
        };
        check.That(start < end, "from", "is before 'to'");
        var span = new KpiSpan(step, start, end);
        check.That(step != KpiStep.Hour || end - start <= TimeSpan.FromDays(HourDaysMax), "from",
            $"is at most {HourDaysMax} days before 'to' by hour");
        check.That(step != KpiStep.Day || end - start <= TimeSpan.FromDays(DaysMax), "from",
            $"is at most {DaysMax} days before 'to' by day");
        check.That(step != KpiStep.Month || span.Months <= MonthsMax, "from",
            $"is at most {MonthsMax} months before 'to' by month");
        check.That(
            span.IsKept(now), "from", $"is at most {IKpiStore.HoursKeptDays} days ago by hour; days are kept for ever");
        return check.Failed ? null : span;
    }

    private static DateTimeOffset Floor(DateTimeOffset at, KpiStep step)
    {
        var local = at.ToOffset(ChinaTime.Offset);
        return step switch
        {
            KpiStep.Hour => new DateTimeOffset(local.Year, local.Month, local.Day, local.Hour, 0, 0, ChinaTime.Offset),
            KpiStep.Day => new DateTimeOffset(local.Year, local.Month, local.Day, 0, 0, 0, ChinaTime.Offset),
            _ => new DateTimeOffset(local.Year, local.Month, 1, 0, 0, 0, ChinaTime.Offset),
        };
    }

    private static DateTimeOffset Ceiling(DateTimeOffset at, KpiStep step)
    {
        var floor = Floor(at, step);
        return floor == at ? floor : step switch
        {
            KpiStep.Hour => floor.AddHours(1),
            KpiStep.Day => floor.AddDays(1),
            _ => floor.AddMonths(1),
        };
    }

    /// <summary>Months on or back; the 29th of February is the 28th in other years.</summary>
    private static DateTimeOffset Shift(DateTimeOffset at, int months) => at.AddMonths(months);
}
