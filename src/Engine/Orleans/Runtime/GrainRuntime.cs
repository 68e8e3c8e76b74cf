using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

/// <summary>Something that can be called by a reference.</summary>
public interface IAddressable;

/// <summary>The activation of a grain as its own code sees it.</summary>
public interface IGrainContext : IEquatable<IGrainContext>
{
    /// <summary>The grain object, null before it is made.</summary>
    object? GrainInstance { get; }

    /// <summary>The services of this activation: a scope of its own where the class needs one.</summary>
    IServiceProvider ActivationServices { get; }

    /// <summary>Completes when the activation is gone.</summary>
    Task Deactivated { get; }

    /// <summary>Lets the activation go as soon as the requests in progress have ended.</summary>
    void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);
}

/// <summary>A timer that calls back on turns of its grain.</summary>
public interface IGrainTimer : IDisposable
{
    /// <summary>Starts over with a new due time and period; <see cref="Timeout.InfiniteTimeSpan"/> is never.</summary>
    void Change(TimeSpan dueTime, TimeSpan period);
}

/// <summary>How a grain timer runs.</summary>
public readonly struct GrainTimerCreationOptions()
{
    [SetsRequiredMembers]
    public GrainTimerCreationOptions(TimeSpan dueTime, TimeSpan period)
        : this()
    {
        DueTime = dueTime;
        Period = period;
    }

    /// <summary>To the first tick; infinite is not before <see cref="IGrainTimer.Change"/>.</summary>
    public required TimeSpan DueTime { get; init; }

    /// <summary>From the end of one tick to the next; infinite is a single tick.</summary>
    public required TimeSpan Period { get; init; }

    /// <summary>Ticks may interleave with requests.</summary>
    public bool Interleave { get; init; }

    /// <summary>Ticks count as use, so they keep the collector away.</summary>
    public bool KeepAlive { get; init; }
}

/// <summary>A stored reminder.</summary>
public interface IGrainReminder
{
    string ReminderName { get; }
}

/// <summary>Which tick of a reminder this is; times are UTC.</summary>
[Immutable]
[GenerateSerializer]
public readonly struct TickStatus(DateTime firstTickTime, TimeSpan period, DateTime timeStamp)
{
    [Id(0)]
    public DateTime FirstTickTime { get; } = firstTickTime;

    [Id(1)]
    public TimeSpan Period { get; } = period;

    [Id(2)]
    public DateTime CurrentTickTime { get; } = timeStamp;

    public override string ToString() => $"<{FirstTickTime:O}, {Period}, {CurrentTickTime:O}>";
}

/// <summary>How a class is placed; see <see cref="Placement.PlacementAttribute"/>.</summary>
public abstract class PlacementStrategy;
