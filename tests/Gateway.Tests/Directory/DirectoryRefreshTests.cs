using System.Text.Json;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Geo;
using GridMesh.Contracts.Storage;
using GridMesh.Gateway.Directory;
using GridMesh.Product.Fixture;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace GridMesh.Gateway.Tests.Directory;

public sealed class DirectoryRefreshTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly Store _store = new();
    private readonly LiveDirectory _live = new();

    [Fact(DisplayName = "[SD1] the first version is taken whole, each later one once, and an older one never")]
    public async Task Takes()
    {
        using var watch = await StartAsync();
        await LooksAsync(2);
        _live.Current.ShouldBeSameAs(DirectoryView.Empty);
        _store.Put(SmallDistrict.Data);
        await IsAsync(1);
        _live.Current.Areas.Count.ShouldBe(SmallDistrict.Data.Areas.Length);
        _store.Put(SmallDistrict.Data with { Standards = [] });
        await IsAsync(2);
        _live.Current.Standards.ShouldBeEmpty();
        await LooksAsync(5);
        _store.Loads.ShouldBe(2);
        _live.Take(new StoredDirectory(new DirectoryVersion(1, default, null, null), SmallDistrict.Data))
            .ShouldBeNull();
        _live.Current.Standards.ShouldBeEmpty();
        await watch.StopAsync(default);
    }

    [Fact(DisplayName = "[SD1] while the store is away, or holds what cannot be read, the version before stays in force and the next one is taken")]
    public async Task Survives()
    {
        using var watch = await StartAsync();
        _store.Put(SmallDistrict.Data);
        await IsAsync(1);
        _store.Fault = new StorageUnavailableException("away");
        _store.Put(SmallDistrict.Data with { Calendar = [] });
        await LooksAsync(3);
        _live.Current.Version.ShouldBe(1);
        _store.Fault = null;
        await IsAsync(2);
        (_store.Unreadable, _store.Loads) = (3, 0);
        _store.Put(SmallDistrict.Data);
        await LooksAsync(4);
        (_live.Current.Version, _store.Loads).ShouldBe((2, 1), "it is not tried again and again");
        _store.Put(SmallDistrict.Data);
        await IsAsync(4);
        await watch.StopAsync(default);
    }

    [Fact(DisplayName = "[SD2] of a later version standards, calendar, ladders and departments are taken; each other kind that differs waits")]
    public void Merges()
    {
        var old = SmallDistrict.Data;
        LadderRow[] ladders = [new(null, null, null, new Rung(default, 1, RungAction.Escalate))];
        var (data, waiting) = DirectoryMerge.Of(old, Copy(old) with { Ladders = [.. ladders], Departments = [] });
        waiting.ShouldBeEmpty("equal entries wait for nothing");
        (data.Ladders.Length, data.Departments.Length).ShouldBe((1, 0));
        data.Areas.ShouldBe(old.Areas);
        (string Kind, DirectoryData Next)[] others =
        [
            ("areas", old with { Areas = old.Areas.SetItem(0, old.Areas[0] with { Shape = AreaShape.None }) }),
            ("buildings", old with { Buildings = [] }),
            ("workers", old with { Workers = old.Workers.SetItem(0, old.Workers[0] with { Lines = [default] }) }),
            ("devices", old with { Devices = old.Devices.RemoveAt(0) }),
        ];
        foreach (var (kind, next) in others)
        {
            var merged = DirectoryMerge.Of(old, next);
            merged.Waiting.ShouldBe([kind]);
            (merged.Data.Areas, merged.Data.Buildings, merged.Data.Workers, merged.Data.Devices)
                .ShouldBe((old.Areas, old.Buildings, old.Workers, old.Devices));
        }
    }

    /// <summary>The same entries in arrays of their own, as they come from a store.</summary>
    private static DirectoryData Copy(DirectoryData data) => data with
    {
        Areas = [.. data.Areas.Select(area => area with { Shape = new AreaShape([.. area.Shape.Polygons]) })],
        Workers = [.. data.Workers.Select(worker => worker with { Lines = [.. worker.Lines] })],
    };

    private async Task<DirectoryRefresh> StartAsync()
    {
        var watch = new DirectoryRefresh(_store, _live, _time, NullLogger<DirectoryRefresh>.Instance);
        await watch.StartAsync(default);
        return watch;
    }

    private Task LooksAsync(int times)
    {
        var until = _store.Looks + times;
        return PassAsync(() => _store.Looks >= until, $"it looked {times} times");
    }

    private Task IsAsync(int version) =>
        PassAsync(() => _live.Current.Version == version, $"version {version} is in force");

    private Task PassAsync(Func<bool> holds, string what) => Eventually.TrueAsync(
        () =>
        {
            _time.Advance(DirectoryRefresh.Pause);
            return holds();
        },
        what);

    private sealed class Store : IDirectoryStore
    {
        private volatile StoredDirectory? _latest;

        public int Looks { get; private set; }

        public int Loads { get; set; }

        public Exception? Fault { get; set; }

        public int Unreadable { get; set; }

        public void Put(DirectoryData data) => _latest = new StoredDirectory(
            new DirectoryVersion((_latest?.Version.Number ?? 0) + 1, default, "test", "package"), data);

        public ValueTask<int> VersionAsync(CancellationToken cancellation = default)
        {
            Looks++;
            return Fault is null ? ValueTask.FromResult(_latest?.Version.Number ?? 0)
                : ValueTask.FromException<int>(Fault);
        }

        public ValueTask<StoredDirectory?> LatestAsync(CancellationToken cancellation = default)
        {
            Loads++;
            return _latest?.Version.Number == Unreadable
                ? ValueTask.FromException<StoredDirectory?>(new JsonException("a later program wrote it"))
                : ValueTask.FromResult(_latest);
        }

        public ValueTask<IReadOnlyList<DirectoryVersion>> ListAsync(
            int limit, CancellationToken cancellation = default) =>
            throw new NotSupportedException();

        public ValueTask<int> SaveAsync(
            DirectoryData data, DirectoryOrigin? origin = null, CancellationToken cancellation = default) =>
            throw new NotSupportedException();

        public ValueTask<DirectoryVersion?> ReviseAsync(
            RuleTables rules, int after, DirectoryOrigin origin, CancellationToken cancellation = default) =>
            throw new NotSupportedException();
    }
}
