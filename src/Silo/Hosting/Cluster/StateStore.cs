using System.Text.Json;
using GridMesh.Contracts.Json;
using GridMesh.Contracts.Storage;
using Orleans.Runtime;
using Orleans.Storage;

namespace GridMesh.Silo.Hosting.Cluster;

/// <summary>
/// The state of our grains in the same table, under the same names and in the same JSON as on the embedded engine: a
/// database goes on under the other engine as it is. Why not the AdoNet provider: docs/decisions/0009.
/// </summary>
internal sealed class StateStore(IStateTable table) : IGrainStorage
{
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var row = await table.ReadAsync(stateName, TypeOf(grainId), KeyOf(grainId));
        grainState.State = row is { } stored
            ? JsonSerializer.Deserialize<T>(stored.Payload.Span, MeshJson.Compact) ?? Fresh<T>()
            : Fresh<T>();
        (grainState.ETag, grainState.RecordExists) = (row?.Etag, row is not null);
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(grainState.State, MeshJson.Compact);
        grainState.ETag = await table.WriteAsync(stateName, TypeOf(grainId), KeyOf(grainId), payload, grainState.ETag)
            ?? throw Conflict(stateName, grainId, grainState.ETag);
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (!await table.ClearAsync(stateName, TypeOf(grainId), KeyOf(grainId), grainState.ETag))
        {
            throw Conflict(stateName, grainId, grainState.ETag);
        }

        (grainState.State, grainState.ETag, grainState.RecordExists) = (Fresh<T>(), null, false);
    }

    private static string TypeOf(GrainId grain) => grain.Type.ToString()!;

    private static string KeyOf(GrainId grain) => grain.Key.ToString()!;

    private static T Fresh<T>() => Activator.CreateInstance<T>();

    private static InconsistentStateException Conflict(string stateName, GrainId grain, string? etag) =>
        new($"{stateName} of {grain} was written by somebody else", "another", etag ?? "none");
}
