using GridMesh.Contracts.Geo;
using GridMesh.Contracts.Storage;
using GridMesh.Storage.Sqlite;

namespace GridMesh.Storage.Tests.Sqlite;

public sealed class RecentPointsTests
{
    private static readonly DateTimeOffset s_start = new(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory(DisplayName = "[ST29] positions are sorted in once there are enough, and enough of each worker, or too many to hold")]
    [InlineData(10, 19_999, false)]
    [InlineData(10, 20_000, true)]
    [InlineData(5_000, 59_999, false)]
    [InlineData(5_000, 60_000, true)]
    [InlineData(200_000, 999_999, false)]
    [InlineData(200_000, 1_000_000, true)]
    public void Ripe(int workers, int rows, bool isRipe) => Filled(workers, rows).IsRipe.ShouldBe(isRipe);

    [Fact(DisplayName = "[ST29] they are taken in the order of the file, all of a worker at once, each exactly once")]
    public void Takes()
    {
        var recent = Filled(7, 100);
        var taken = new List<TrackPoint>();
        var slices = 0;
        while (!recent.IsTaken)
        {
            var slice = recent.Take(20).ToArray();
            slice.Length.ShouldBeInRange(1, 20 + 15);
            taken.AddRange(slice);
            slices++;
        }

        slices.ShouldBeGreaterThan(2);
        taken.ShouldBe(taken.OrderBy(point => point.Worker, StringComparer.Ordinal).ThenBy(point => point.At));
        taken.Distinct().Count().ShouldBe(100);
    }

    [Fact(DisplayName = "[ST29] emptied, they hold the next ones and nothing of the last")]
    public void Empties()
    {
        var recent = Filled(3, 20_000);
        _ = recent.Take(1).Count();
        recent.Clear();
        recent.Rows.ShouldBe(0);
        recent.IsTaken.ShouldBeFalse();
        recent.Add(new TrackPoint("w9", s_start, new GeoPoint(108, 22), 4.5f));
        recent.Add(new TrackPoint("w1", s_start, new GeoPoint(108, 22), null));
        recent.Take(10).ShouldBe(
        [
            new TrackPoint("w1", s_start, new GeoPoint(108, 22), null),
            new TrackPoint("w9", s_start, new GeoPoint(108, 22), 4.5f),
        ]);
        recent.IsTaken.ShouldBeTrue();
    }

    private static RecentPoints Filled(int workers, int rows)
    {
        var names = Enumerable.Range(0, workers).Select(i => $"w{i}").ToArray();
        var recent = new RecentPoints();
        for (var i = 0; i < rows; i++)
            recent.Add(new TrackPoint(names[i % workers], s_start.AddSeconds(i), new GeoPoint(108, 22), null));

        return recent;
    }
}
