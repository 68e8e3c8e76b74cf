using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Geo;

namespace GridMesh.Contracts.Workers;

[GenerateSerializer, Alias("WorkerStatus")]
public enum WorkerStatus
{
    OffDuty,
    OnDuty,

    /// <summary>On duty, but nothing heard for longer than the presence rule allows.</summary>
    Silent,
}

/// <summary>A worker as walls show it. Lng and Lat are null until it was first seen.</summary>
[GenerateSerializer, Immutable, Alias("WorkerDot")]
public sealed record WorkerDot(
    [property: Id(0)] string Id,
    [property: Id(1)] double? Lng,
    [property: Id(2)] double? Lat,
    [property: Id(3)] WorkerStatus Status,
    [property: Id(4)] DateTimeOffset? At);

/// <summary>A worker's own live state.</summary>
/// <param name="Since">Since when on or off duty; null if never on duty.</param>
/// <param name="SeenAt">When the last position was measured.</param>
[GenerateSerializer, Immutable, Alias("WorkerView")]
public sealed record WorkerView(
    [property: Id(0)] string Id,
    [property: Id(1)] AreaCode Grid,
    [property: Id(2)] bool OnDuty,
    [property: Id(3)] DateTimeOffset? Since,
    [property: Id(4)] GeoPoint? Position,
    [property: Id(5)] DateTimeOffset? SeenAt);

/// <summary>The answer to a command to a worker.</summary>
[GenerateSerializer, Immutable, Alias("WorkerOutcome")]
public sealed record WorkerOutcome([property: Id(0)] RejectCode? Reject, [property: Id(1)] WorkerView? Worker);

/// <summary>One measured position.</summary>
/// <param name="Accuracy">Radius in metres, null if unknown.</param>
[GenerateSerializer, Immutable, Alias("PositionReport")]
public sealed record PositionReport(
    [property: Id(0)] GeoPoint Point, [property: Id(1)] DateTimeOffset At, [property: Id(2)] double? Accuracy);

/// <summary>A measured position of one worker.</summary>
[GenerateSerializer, Immutable, Alias("WorkerPosition")]
public readonly record struct WorkerPosition([property: Id(0)] string Worker, [property: Id(1)] PositionReport Report);

/// <summary>A position that was not taken.</summary>
/// <param name="Place">Its place among those that were handed over, from 0.</param>
[GenerateSerializer, Immutable, Alias("RefusedPosition")]
public readonly record struct RefusedPosition([property: Id(0)] int Place, [property: Id(1)] RejectCode Reject);
