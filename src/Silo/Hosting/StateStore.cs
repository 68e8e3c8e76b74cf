using GridMesh.Contracts.Storage;
using Orleans.Runtime;
using Orleans.Storage;

namespace GridMesh.Silo.Hosting;

/// <summary>
/// State of grains in the product's own table, on either database and through its group commit. Why not the AdoNet
/// provider for our own grains: docs/decisions/0009.
/// </summary>
internal sealed class StateStore(IStateTable table, IGrainStorageSerializer serializer) : IGrainStorage
{
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var row = await table.ReadAsync(stateName, TypeOf(grainId), KeyOf(grainId));
        grainState.State = row is { } stored
            ? serializer.Deserialize<T>(new BinaryData(stored.Payload)) ?? Fresh<T>()
            : Fresh<T>();
        (grainState.ETag, grainState.RecordExists) = (row?.Etag, row is not null);
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var payload = serializer.Serialize(grainState.State).ToMemory();
        grainState.ETag = await table.WriteAsync(stateName, TypeOf(grainId), KeyOf(grainId), payload, grainState.ETag)
            ?? throw Conflict(stateName, grainId, grainState.ETag);
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (!await table.ClearAsync(stateName, TypeOf(grainId), KeyOf(grainId), grainState.ETag))
            throw Conflict(stateName, grainId, grainState.ETag);

        (grainState.State, grainState.ETag, grainState.RecordExists) = (Fresh<T>(), null, false);
    }

    private static string TypeOf(GrainId grain) => grain.Type.ToString()!;

    private static string KeyOf(GrainId grain) => grain.Key.ToString()!;

    private static T Fresh<T>() => Activator.CreateInstance<T>();

    private static InconsistentStateException Conflict(string stateName, GrainId grain, string? etag) =>
        new($"{stateName} of {grain} was written by somebody else", "another", etag ?? "none");
}
