using System.Text.Json;
using GridMesh.Contracts.Json;
using GridMesh.Contracts.Storage;
using GridMesh.Simulator.State;
using Orleans.Runtime;

namespace GridMesh.Product.Fixture.Simulated;

/// <summary>Reads the state of simulated grains as it would lie in a store.</summary>
internal sealed class SimulatedStates(StateTable states) : IStateTable
{
    public ValueTask<StateRow?> ReadAsync(
        string name, string grainType, string key, CancellationToken cancellation = default) =>
        ValueTask.FromResult(states.Find(GrainId.Create(grainType, key), name) is { } state
            ? new StateRow(JsonSerializer.SerializeToUtf8Bytes(state, state.GetType(), MeshJson.Compact), "1")
            : (StateRow?)null);

    public ValueTask<string?> WriteAsync(
        string name, string grainType, string key, ReadOnlyMemory<byte> payload, string? etag,
        CancellationToken cancellation = default) => throw new NotSupportedException("grains write by themselves");

    public ValueTask<bool> ClearAsync(
        string name, string grainType, string key, string? etag, CancellationToken cancellation = default) =>
        throw new NotSupportedException("grains write by themselves");
}
