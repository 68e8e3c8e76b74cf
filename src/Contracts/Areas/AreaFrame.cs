using System.Text.Json.Serialization;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Workers;

namespace GridMesh.Contracts.Areas;

/// <summary>A child in a snapshot or frame: its code, its name and its latest numbers.</summary>
[GenerateSerializer, Immutable, Alias("ChildEntry")]
public sealed record ChildEntry(
    [property: Id(0)] AreaCode Code, [property: Id(1)] string Name, [property: Id(2)] AreaSummary Summary);

/// <summary>Cases that appeared or changed, and numbers of those that left the view.</summary>
[GenerateSerializer, Immutable, Alias("IncidentChanges")]
public sealed record IncidentChanges(
    [property: Id(0)] ImmutableArray<IncidentCard> Put, [property: Id(1)] ImmutableArray<CaseNumber> Gone);

/// <summary>Workers that appeared, moved or changed status, and ids of those that left the view.</summary>
[GenerateSerializer, Immutable, Alias("WorkerChanges")]
public sealed record WorkerChanges(
    [property: Id(0)] ImmutableArray<WorkerDot> Put, [property: Id(1)] ImmutableArray<string> Gone);

/// <summary>
/// A numbered delta of one area's view. A holder of (epoch, from) that applies it holds (epoch, to). Only what changed
/// is present.
/// </summary>
[GenerateSerializer, Immutable, Alias("AreaFrame")]
public sealed record AreaFrame(
    [property: Id(0)] AreaCode Code,
    [property: Id(1)] long Epoch,
    [property: Id(2)] long From,
    [property: Id(3)] long To,
    [property: Id(4)] DateTimeOffset At,
    [property: Id(5), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    AreaSummary? Summary,
    [property: Id(6), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    ImmutableArray<ChildEntry>? Children,
    [property: Id(7), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    IncidentChanges? Incidents,
    [property: Id(8), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    WorkerChanges? Workers);

/// <summary>
/// The whole view of one area at (epoch, version). Bounded: <see cref="IncidentsMax"/> newest open cases,
/// <see cref="WorkersMax"/> workers; the numbers come from <see cref="Summary"/>, never from counting these.
/// </summary>
[GenerateSerializer, Immutable, Alias("AreaSnapshot")]
public sealed record AreaSnapshot(
    [property: Id(0)] AreaCode Code,
    [property: Id(1)] string Name,
    [property: Id(2)] Tier Tier,
    [property: Id(3)] AreaCode? Parent,
    [property: Id(4)] long Epoch,
    [property: Id(5)] long Version,
    [property: Id(6)] DateTimeOffset At,
    [property: Id(7)] AreaSummary Summary,
    [property: Id(8)] ImmutableArray<ChildEntry> Children,
    [property: Id(9)] ImmutableArray<IncidentCard> Incidents,
    [property: Id(10)] ImmutableArray<WorkerDot> Workers)
{
    /// <summary>Most cases in a snapshot (DESIGN "Bounds").</summary>
    public const int IncidentsMax = 1_000;

    /// <summary>Most workers in a snapshot (DESIGN "Bounds").</summary>
    public const int WorkersMax = 5_000;
}
