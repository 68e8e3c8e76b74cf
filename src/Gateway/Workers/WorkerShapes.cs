using System.ComponentModel.DataAnnotations;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Geo;
using GridMesh.Contracts.Workers;

namespace GridMesh.Gateway.Workers;

internal sealed record ShiftBody
{
    [Required]
    public bool? OnDuty { get; init; }

    /// <summary>Off duty: the worker on duty who takes over what is open.</summary>
    public string? HandTo { get; init; }
}

/// <param name="Handed">Cases that another has taken over.</param>
/// <param name="Left">Cases that still wait for the worker.</param>
internal sealed record ShiftItem(
    string Id, string Name, AreaCode Grid, WorkerKind Role, ImmutableArray<Line> Lines, bool OnDuty,
    DateTimeOffset? Since, GeoPoint? Position, DateTimeOffset? SeenAt, ImmutableArray<CaseNumber> Handed,
    ImmutableArray<CaseNumber> Left)
{
    public static ShiftItem Of(WorkerEntry worker, ShiftOutcome outcome) => new(
        worker.Id, worker.Name, worker.Grid, worker.Kind, worker.Lines, outcome.Worker!.OnDuty, outcome.Worker.Since,
        outcome.Worker.Position, outcome.Worker.SeenAt, outcome.Handed, outcome.Left);
}

/// <summary>A worker as lists show it (API "workers").</summary>
internal sealed record WorkerItem(
    string Id, string Name, AreaCode Grid, WorkerKind Role, ImmutableArray<Line> Lines, WorkerStatus Status,
    GeoPoint? Position);

internal sealed record WorkerDetail(
    string Id, string Name, AreaCode Grid, WorkerKind Role, ImmutableArray<Line> Lines, bool OnDuty,
    DateTimeOffset? Since, GeoPoint? Position, DateTimeOffset? SeenAt);

/// <param name="Accuracy">Radius in metres; null where the phone did not tell.</param>
internal sealed record WayPoint(DateTimeOffset At, double Lng, double Lat, double? Accuracy);

/// <param name="Next">Asked again from here there is more; null at the end.</param>
internal sealed record TrackItem(IReadOnlyList<WayPoint> Items, DateTimeOffset? Next);
