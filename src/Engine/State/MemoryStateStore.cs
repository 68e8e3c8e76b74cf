using System.Collections.Concurrent;
using Orleans.Storage;

namespace GridMesh.Engine.State;

/// <summary>Keeps the state of grains for as long as the process lives.</summary>
internal sealed class MemoryStateStore : IGrainStateStore
{
    private readonly ConcurrentDictionary<(string State, string Grain, string Key), StoredState> _records = new();
    private long _version;

    public ValueTask<StoredState?> ReadAsync(string stateName, string grainType, string key, CancellationToken ct) =>
        ValueTask.FromResult(_records.GetValueOrDefault((stateName, grainType, key)));

    public ValueTask<string> WriteAsync(
        string stateName, string grainType, string key, ReadOnlyMemory<byte> payload, string? etag,
        CancellationToken ct)
    {
        var id = (stateName, grainType, key);
        var next = new StoredState(payload.ToArray(), Interlocked.Increment(ref _version).ToString());
        var held = _records.GetValueOrDefault(id);
        var written = held?.Etag == etag
            && (held is null ? _records.TryAdd(id, next) : _records.TryUpdate(id, next, held));
        return written
            ? ValueTask.FromResult(next.Etag)
            : ValueTask.FromException<string>(Conflict(held, etag));
    }

    public ValueTask ClearAsync(string stateName, string grainType, string key, string? etag, CancellationToken ct)
    {
        var id = (stateName, grainType, key);
        var held = _records.GetValueOrDefault(id);
        if (held is null && etag is null)
            return ValueTask.CompletedTask;
        var cleared = held is not null && held.Etag == etag && _records.TryRemove(new(id, held));
        return cleared ? ValueTask.CompletedTask : ValueTask.FromException(Conflict(held, etag));
    }

    private static InconsistentStateException Conflict(StoredState? held, string? etag) =>
        new("Somebody else wrote this record.", held?.Etag, etag);
}
