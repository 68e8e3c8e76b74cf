using Orleans.Serialization.Invocation;

namespace GridMesh.Simulator.Grains;

/// <summary>Something that an activation is to do: a call, or the tick of a timer.</summary>
/// <param name="Invoke">Begins it; inside the activation.</param>
/// <param name="Interleaves">It need not wait for what is under way.</param>
/// <param name="Answer">Takes what came of it.</param>
/// <param name="Again">Asks the next activation, where this one goes before it was done; null: nobody.</param>
internal sealed record GrainTurn(
    Func<ValueTask<Response>> Invoke, bool Interleaves, Action<Response> Answer, Action? Again)
{
    /// <summary>Counts as use, so that the activation is not collected.</summary>
    public bool IsUse { get; init; } = true;
}
