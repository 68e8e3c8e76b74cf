using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Care;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Patrols;
using GridMesh.Contracts.Storage;
using GridMesh.Contracts.Workers;

namespace GridMesh.Contracts.Grids;

/// <summary>A number for a new case, or why there is none.</summary>
[GenerateSerializer, Immutable, Alias("NumberOutcome")]
public sealed record NumberOutcome([property: Id(0)] RejectCode? Reject, [property: Id(1)] CaseNumber? Number);

/// <summary>A grid: open cases, roster, presence and alarms. Key: 15 digits.</summary>
[Alias("IGridGrain")]
public interface IGridGrain : IAreaNode
{
    /// <summary>
    /// Issues the number of a new case. The same command id, or the same alarm key while its case is open, gets the
    /// same number.
    /// </summary>
    /// <param name="taken">
    /// The number that this command was given before and that turned out to be another case's: while a grid moves from
    /// silo to silo two activations may give the same one, and the journal decides whose it is. Null at first.
    /// </param>
    [Alias("IssueNumber")]
    Task<NumberOutcome> IssueNumberAsync(Guid commandId, string? alarmKey, CaseNumber? taken);

    /// <summary>
    /// A case changed and is durable. Doubled or late calls change nothing; a lost one is repaired in 30 s.
    /// </summary>
    [Alias("CaseChanged"), OneWay]
    Task CaseChangedAsync(CaseRow row);

    /// <summary>A worker of this grid went on or off duty (durable).</summary>
    [Alias("DutyChanged")]
    Task DutyChangedAsync(DutyRow row);

    /// <summary>A worker of this grid was seen at a place.</summary>
    [Alias("WorkerMoved"), OneWay]
    Task WorkerMovedAsync(WorkerDot dot);

    /// <summary>Open cases of this grid that may be the same matter; all of them have a position.</summary>
    [Alias("FindSimilar")]
    Task<ImmutableArray<IncidentCard>> FindSimilarAsync(SimilarQuery query);

    /// <summary>What its patrols have come to (durable). A doubled or late one changes nothing.</summary>
    [Alias("PatrolsChanged")]
    Task PatrolsChangedAsync(PatrolBoard board);

    /// <summary>What its watches over households have come to (durable).</summary>
    [Alias("CareChanged")]
    Task CareChangedAsync(CareBoard board);

    /// <summary>The workers of this grid who are on duty, heard of, and serve the line.</summary>
    [Alias("GetCandidates")]
    Task<ImmutableArray<Candidate>> GetCandidatesAsync(Line line);

    /// <summary>The cases of this grid that wait for what this owner does.</summary>
    [Alias("GetWaitingFor")]
    Task<ImmutableArray<CaseNumber>> GetWaitingForAsync(string owner);

    /// <summary>The workers of this grid as they are now.</summary>
    [Alias("GetWorkers")]
    Task<ImmutableArray<WorkerDot>> GetWorkersAsync();
}
