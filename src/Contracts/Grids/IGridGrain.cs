using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Care;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Patrols;
using GridMesh.Contracts.Workers;

namespace GridMesh.Contracts.Grids;

/// <summary>The answer to a report: the case, or why there is none.</summary>
/// <param name="Similar">Open cases of the grid that may be the same matter.</param>
[GenerateSerializer, Immutable, Alias("ReportOutcome")]
public sealed record ReportOutcome(
    [property: Id(0)] RejectCode? Reject,
    [property: Id(1)] IncidentView? Case,
    [property: Id(2)] ImmutableArray<IncidentCard> Similar);

/// <summary>A grid: open cases, roster, presence and alarms. Key: 15 digits.</summary>
[Alias("IGridGrain")]
public interface IGridGrain : IAreaNode
{
    /// <summary>
    /// Opens a case: gives it a number and hands the report to it. The same command id, or the same alarm key while its
    /// case is open, gets the same number. Other turns run meanwhile: the case waits for the disk, the grid does not.
    /// </summary>
    /// <param name="near">What to look for besides among the grid's open cases; null for nothing.</param>
    [Alias("Report"), AlwaysInterleave]
    Task<ReportOutcome> ReportAsync(ReportIncident report, SimilarQuery? near);

    /// <summary>
    /// A case changed and is durable. Doubled or late calls change nothing; a lost one is repaired in 30 s.
    /// </summary>
    [Alias("CaseChanged"), OneWay]
    Task CaseChangedAsync(CaseRow row);

    /// <summary>A worker of this grid went on or off duty (durable).</summary>
    /// <returns>The worker as it is now; null where it is not of this grid.</returns>
    [Alias("DutyChanged")]
    Task<WorkerDot?> DutyChangedAsync(DutyRow row);

    /// <summary>
    /// Takes positions of workers of this grid, those of one worker in the order of measuring. A late one is kept in
    /// the track and changes no live state. Off duty nothing is taken: nobody is followed home.
    /// </summary>
    /// <returns>Those that were not taken, in the order of their places; most often none.</returns>
    [Alias("Move")]
    Task<ImmutableArray<RefusedPosition>> MoveAsync(ImmutableArray<WorkerPosition> positions);

    /// <summary>One worker of this grid as it is now; null where it is not of this grid.</summary>
    [Alias("GetWorker")]
    Task<WorkerDot?> GetWorkerAsync(string worker);

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
