using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Codes;
using GridMesh.Grains.Areas;

namespace GridMesh.Grains.Tests.Areas;

public sealed class AreaRollupTests
{
    private static readonly AreaCode[] s_children =
        [.. Enumerable.Range(1, 5).Select(i => AreaCode.Parse($"45010500100{i}"))];

    [Fact(DisplayName = "[RU1] the sum is over the latest summary of each child")]
    public void Sums()
    {
        var rollup = new AreaRollup();
        rollup.Apply(Report(0, 1, 1, 3)).ShouldBeTrue();
        rollup.Apply(Report(1, 1, 1, 4)).ShouldBeTrue();
        rollup.Apply(Report(0, 1, 2, 5)).ShouldBeTrue();
        rollup.Sum.Counts.ShouldAllBe(count => count == 9);
    }

    [Fact(DisplayName = "[RU2] a late, doubled or reordered summary changes nothing")]
    public void LateDoubledReordered()
    {
        var rollup = new AreaRollup();
        rollup.Apply(Report(0, 1, 2, 5));
        rollup.Apply(Report(0, 1, 2, 5)).ShouldBeFalse();
        rollup.Apply(Report(0, 1, 1, 99)).ShouldBeFalse();
        rollup.Apply(Report(0, 2, 0, 7)).ShouldBeTrue();
        rollup.Apply(Report(0, 1, 9, 99)).ShouldBeFalse();
        rollup.Sum.Counts.ShouldAllBe(count => count == 7);
    }

    [Fact(DisplayName = "[RU2] whatever is lost, doubled and reordered, the sum is that of the newest that arrived")]
    public void Storm()
    {
        var random = new Random(11);
        for (var round = 0; round < 300; round++)
        {
            var arrived = Enumerable.Range(0, 60)
                .Select(_ => Report(random.Next(5), random.Next(3), random.Next(10), 0))
                .Select(report => report with { Summary = Summary(Of(report)) })
                .Where(_ => random.Next(4) > 0).ToArray();
            var rollup = new AreaRollup();
            foreach (var report in arrived.Concat(arrived.Where(_ => random.Next(2) == 0)).OrderBy(_ => random.Next()))
                rollup.Apply(report);

            var expected = arrived.GroupBy(report => report.Child)
                .Sum(reports => Of(reports.MaxBy(report => report.Version)!));
            rollup.Sum.Counts.ShouldAllBe(count => count == expected);
        }
    }

    [Fact(DisplayName = "[RU6] the answer of a live child holds, also when its clock is behind")]
    public void Take()
    {
        var rollup = new AreaRollup();
        rollup.Apply(Report(0, 5, 1, 3));
        rollup.IsOlderActivation(Report(0, 4, 9, 8)).ShouldBeTrue();
        rollup.Take(Report(0, 4, 9, 8)).ShouldBeTrue();
        rollup.Take(Report(0, 4, 9, 8)).ShouldBeFalse();
        rollup.Sum.Counts.ShouldAllBe(count => count == 8);
        rollup.Apply(Report(0, 4, 10, 9)).ShouldBeTrue();
    }

    private static int Of(ChildReport report) => (int)((report.Version.Epoch * 100) + report.Version.Number);

    private static ChildReport Report(int child, long epoch, long number, int count) =>
        new(s_children[child], new SummaryVersion(epoch, number), Summary(count), null);

    private static AreaSummary Summary(int count) => new([.. Enumerable.Repeat(count, AreaSummary.Width)]);
}
