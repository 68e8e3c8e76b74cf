using GridMesh.Contracts.Codes;
using GridMesh.Gateway.Reviews;

namespace GridMesh.Gateway.Tests.Reviews;

public sealed class ReviewPeriodTests
{
    [Theory(DisplayName = "[RV4] the last period that has ended: half a month for grids and communities, a month above, by China's clock")]
    [InlineData(Tier.Community, "2026-07-15T15:59:59Z", "2026-06-16", "2026-07-01")]
    [InlineData(Tier.Community, "2026-07-15T16:00:00Z", "2026-07-01", "2026-07-16")]
    [InlineData(Tier.Grid, "2026-07-31T15:59:59Z", "2026-07-01", "2026-07-16")]
    [InlineData(Tier.Grid, "2026-02-28T16:00:00Z", "2026-02-16", "2026-03-01")]
    [InlineData(Tier.Town, "2026-07-31T15:59:59Z", "2026-06-01", "2026-07-01")]
    [InlineData(Tier.Town, "2026-07-31T16:00:00Z", "2026-07-01", "2026-08-01")]
    [InlineData(Tier.District, "2026-01-01T00:00:00Z", "2025-12-01", "2026-01-01")]
    public void Last(Tier tier, string now, string from, string to)
    {
        var period = ReviewPeriod.Last(tier, DateTimeOffset.Parse(now, null));
        period.From.ShouldBe(DateTimeOffset.Parse($"{from}T00:00:00+08:00", null));
        period.To.ShouldBe(DateTimeOffset.Parse($"{to}T00:00:00+08:00", null));
    }
}
