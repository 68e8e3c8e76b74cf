using GridMesh.Contracts.Geo;
using GridMesh.Contracts.Storage;
using GridMesh.Storage.Tests.Support;

namespace GridMesh.Storage.Tests.Contract;

public abstract class TrackContract(IPlace place) : StorageContract(place)
{
    private static readonly DateTimeOffset s_midnight = new(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact(DisplayName = "[ST18] a way over midnight is read in one piece, oldest first, within its bounds")]
    public async Task OverMidnight()
    {
        var points = Enumerable.Range(-5, 10).Select(i => Point("w1", s_midnight.AddMinutes(i))).ToArray();
        await AddAsync([.. points.Reverse(), Point("w2", s_midnight)]);
        (await ReadAsync("w1", -60, 60)).ShouldBe(points);
        (await ReadAsync("w1", -2, 2)).ShouldBe(points[3..7]);
        (await ReadAsync("w1", -60, 60, limit: 7)).ShouldBe(points[..7]);
        (await ReadAsync("w3", -60, 60)).ShouldBeEmpty();
    }

    [Fact(DisplayName = "[ST18] the same worker and time again is stored once, in a batch and across batches")]
    public async Task Duplicates()
    {
        var point = Point("w1", s_midnight);
        await AddAsync([point, point with { Accuracy = 99 }, point]);
        await AddAsync([point]);
        await RestartAsync();
        await AddAsync([point]);
        (await ReadAsync("w1", -60, 60)).ShouldBe([point]);
    }

    [Fact(DisplayName = "[ST29] each of very many positions is read once and in order at any time, also after a restart in the middle of sorting in")]
    public async Task SortsIn()
    {
        const int Workers = 40, Rounds = 20, Batch = 40 * 75;
        var added = 0;
        for (var round = 0; round < Rounds; round++)
        {
            await AddAsync(
                [.. Enumerable.Range(added, Batch)
                    .Select(i => Point($"w{i % Workers:D2}", s_midnight.AddMilliseconds(i)))]);
            added += Batch;
            if (round is 9 or 14)
                await RestartAsync();

            foreach (var worker in (int[])[0, 17, Workers - 1])
            {
                (await ReadAsync($"w{worker:D2}", -1, 60, limit: added)).Select(point => point.At).SequenceEqual(
                        Enumerable.Range(0, added).Where(i => i % Workers == worker)
                            .Select(i => s_midnight.AddMilliseconds(i)))
                    .ShouldBeTrue($"worker {worker} after {added} positions");
            }
        }
    }

    [Fact(DisplayName = "[ST18] door records are kept by building, without an accuracy or with one a point is kept as it was")]
    public async Task DoorsAndAccuracy()
    {
        var doors = Enumerable.Range(0, 3).Select(i => new DoorRecord("b1", $"d{i}", s_midnight.AddSeconds(i)))
            .ToArray();
        await Store.Tracks.AppendAsync([.. doors, doors[0], doors[0] with { Building = "b2" }], Token);
        (await Store.Tracks.ReadDoorsAsync("b1", s_midnight, s_midnight.AddDays(1), 100, Token)).ShouldBe(doors);
        TrackPoint[] points = [Point("w1", s_midnight) with { Accuracy = null }, Point("w1", s_midnight.AddTicks(1))];
        await AddAsync(points);
        (await ReadAsync("w1", 0, 1)).ShouldBe(points);
    }

    [Fact(DisplayName = "[ST18] a batch that has a row again keeps all its others, of every day and kind, and so do those after it")]
    public async Task Mixed()
    {
        var points = Enumerable.Range(-20, 40).Select(i => Point("w1", s_midnight.AddMinutes(i))).ToArray();
        var doors = Enumerable.Range(-20, 40).Select(i => new DoorRecord("b1", "d1", s_midnight.AddMinutes(i)))
            .ToArray();
        foreach (var i in Enumerable.Range(0, 20))
        {
            await Store.Tracks.AppendAsync([doors[i], doors[39 - i]], Token);
            await AddAsync([points[i], points[39 - i], points[i / 2]]);
        }

        await Store.Tracks.AppendAsync([doors[7], new DoorRecord("b1", "d2", s_midnight.AddMinutes(30))], Token);
        (await ReadAsync("w1", -60, 60)).ShouldBe(points);
        (await Store.Tracks.ReadDoorsAsync(
            "b1", s_midnight.AddHours(-1), s_midnight.AddHours(1), 100, Token)).Count.ShouldBe(41);
    }

    [Fact(DisplayName = "[ST19] days beyond those that are kept are dropped when a new day begins")]
    public async Task Prunes()
    {
        await RestartAsync(options => options.TrackDays = 3);
        var old = Point("w1", s_midnight);
        var young = Point("w1", s_midnight.AddDays(2));
        await AddAsync([old]);
        Time.Advance(TimeSpan.FromDays(2));
        await AddAsync([young]);
        (await ReadAsync("w1", 0, 5 * 1440)).ShouldBe([old, young]);
        Time.Advance(TimeSpan.FromDays(2));
        await AddAsync([Point("w2", Time.GetUtcNow())]);
        (await ReadAsync("w1", 0, 5 * 1440)).ShouldBe([young]);
    }

    [Fact(DisplayName = "[ST19] a row of a day that is not kept, long ago or far ahead, is left out and harms no other")]
    public async Task LeavesOut()
    {
        var now = Point("w1", Samples.Noon);
        await AddAsync([Point("w1", Samples.Noon.AddDays(-400)), now, Point("w1", Samples.Noon.AddDays(3))]);
        (await ReadAsync("w1", -1_000_000, 1_000_000)).ShouldBe([now]);
    }

    private static TrackPoint Point(string worker, DateTimeOffset at) =>
        new(worker, at, new GeoPoint(108.31, 22.82), 4.5f);

    private async Task AddAsync(TrackPoint[] points) => await Store.Tracks.AppendAsync(points, Token);

    private async Task<IReadOnlyList<TrackPoint>> ReadAsync(
        string worker, int fromMinute, int toMinute, int limit = 1_000) =>
        await Store.Tracks.ReadTrackAsync(
            worker, s_midnight.AddMinutes(fromMinute), s_midnight.AddMinutes(toMinute), limit, Token);
}
