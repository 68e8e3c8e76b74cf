using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace GridMesh.Engine.Tests.Hosts;

/// <summary>Grain state that outlives a silo, within the process.</summary>
internal sealed class DictionaryStorage : IGrainStorage
{
    private readonly ConcurrentDictionary<(GrainId, string), Record> _records = new();
    private long _version;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var record = _records.GetValueOrDefault((grainId, stateName));
        grainState.State = record is null ? Activator.CreateInstance<T>() : JsonSerializer.Deserialize<T>(record.Json)!;
        grainState.ETag = record?.Etag;
        grainState.RecordExists = record is not null;
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        CheckEtag((grainId, stateName), grainState.ETag);
        var etag = Interlocked.Increment(ref _version).ToString(CultureInfo.InvariantCulture);
        _records[(grainId, stateName)] = new Record(JsonSerializer.Serialize(grainState.State), etag);
        grainState.ETag = etag;
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        CheckEtag((grainId, stateName), grainState.ETag);
        _records.TryRemove((grainId, stateName), out _);
        grainState.State = Activator.CreateInstance<T>();
        grainState.ETag = null;
        grainState.RecordExists = false;
        return Task.CompletedTask;
    }

    // One activation has a record to itself, so that check and write need not be one step.
    private void CheckEtag((GrainId, string) key, string? etag)
    {
        var stored = _records.GetValueOrDefault(key)?.Etag;
        if (stored != etag)
            throw new InconsistentStateException("Somebody else wrote this record.", stored!, etag!);
    }

    private sealed record Record(string Json, string Etag);
}
