using GridMesh.Engine.State;
using GridMesh.Engine.Streams;
using Microsoft.Extensions.DependencyInjection;

namespace GridMesh.Engine.Activations;

/// <summary>What only some activations need.</summary>
internal sealed class ActivationExtras
{
    public HashSet<GrainTimer>? Timers { get; set; }

    public AsyncServiceScope? Scope { get; set; }

    /// <summary>The records that the constructor asked for.</summary>
    public List<IReadableState>? States { get; set; }

    /// <summary>The observers by subscription; touched only on turns.</summary>
    public Dictionary<SubscriptionKey, object>? Observers { get; set; }

    /// <summary>The collector stays away until then.</summary>
    public long KeepUntil { get; set; } = long.MinValue;

    public TaskCompletionSource Gone { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void DisposeTimers()
    {
        foreach (var timer in Timers?.ToArray() ?? [])
            timer.Dispose();
    }
}
