using System.Globalization;
using GridMesh.Gateway.Kpis;

namespace GridMesh.Gateway.Tests.Kpis;

public sealed class KpiSpanTests
{
    [Theory(DisplayName = "[KP7] the same span a year earlier has the same days, leap years too")]
    [InlineData("2028-02-28", "2028-02-29", "2027-02-28", "2027-03-01")]
    [InlineData("2029-02-28", "2029-03-01", "2028-02-28", "2028-02-29")]
    [InlineData("2028-02-29", "2028-03-01", "2027-02-28", "2027-03-01")]
    [InlineData("2028-02-01", "2028-03-01", "2027-02-01", "2027-03-01")]
    [InlineData("2027-02-01", "2027-03-01", "2026-02-01", "2026-03-01")]
    [InlineData("2026-01-01", "2027-01-01", "2025-01-01", "2026-01-01")]
    public void Days(string from, string to, string fromBefore, string toBefore)
    {
        var before = new KpiSpan(KpiStep.Day, At(from), At(to)).YearBefore;
        (before.From, before.To).ShouldBe((At(fromBefore), At(toBefore)));
    }

    [Fact(DisplayName = "[KP7] the last hour before a leap day is one hour of the year before")]
    public void Hours()
    {
        var before = new KpiSpan(KpiStep.Hour, At("2028-02-28").AddHours(23), At("2028-02-29")).YearBefore;
        (before.From, before.To).ShouldBe((At("2027-02-28").AddHours(23), At("2027-03-01")));
    }

    private static DateTimeOffset At(string day) =>
        new(DateTime.Parse(day, CultureInfo.InvariantCulture), TimeSpan.FromHours(8));
}
