using GridMesh.Contracts.Clocks;
using GridMesh.Contracts.Codes;
using GridMesh.Gateway.Plumbing.Problems;

namespace GridMesh.Gateway.Reviews;

/// <summary>Whole days of China, the end excluded.</summary>
internal sealed record ReviewPeriod(DateTimeOffset From, DateTimeOffset To)
{
    public const int DaysMax = 366;

    private const int YearMin = 2000;
    private const int YearMax = 2200;
    private const int SecondHalf = 16;

    /// <summary>Reads and checks; left out, it is the last one that has ended for the tier.</summary>
    public static ReviewPeriod? Read(
        Check check, DateTimeOffset? from, DateTimeOffset? to, Tier tier, DateTimeOffset now)
    {
        if (from is not { } first || to is not { } end)
        {
            check.That(from is null, "to", "is asked for together with 'from'");
            check.That(to is null, "from", "is asked for together with 'to'");
            return check.Failed ? null : Last(tier, now);
        }

        check.That(first.Year is >= YearMin and <= YearMax, "from", $"is in the years {YearMin}-{YearMax}");
        check.That(end.Year is >= YearMin and <= YearMax, "to", $"is in the years {YearMin}-{YearMax}");
        check.That(first < end, "from", "is before 'to'");
        if (check.Failed)
            return null;

        var period = new ReviewPeriod(Midnight(first), Midnight(end.AddDays(1).AddTicks(-1)));
        check.That(
            period.To - period.From <= TimeSpan.FromDays(DaysMax), "from", $"is at most {DaysMax} days before 'to'");
        return check.Failed ? null : period;
    }

    /// <summary>The last half month for a grid and a community, the last month above.</summary>
    public static ReviewPeriod Last(Tier tier, DateTimeOffset now)
    {
        var today = ChinaTime.Day(now);
        var month = today.AddDays(1 - today.Day);
        var middle = month.AddDays(SecondHalf - 1);
        return tier < Tier.Community ? Days(month.AddMonths(-1), month)
            : today >= middle ? Days(month, middle)
            : Days(month.AddMonths(-1).AddDays(SecondHalf - 1), month);
    }

    private static ReviewPeriod Days(DateOnly from, DateOnly to) =>
        new(ChinaTime.StartOf(from), ChinaTime.StartOf(to));

    private static DateTimeOffset Midnight(DateTimeOffset at) => ChinaTime.StartOf(ChinaTime.Day(at));
}
