using GridMesh.Contracts.Access;
using GridMesh.Contracts.Incidents;

namespace GridMesh.Contracts.Workers;

/// <summary>A grid worker, grid leader or drone. Key: the worker's id.</summary>
[Alias("IWorkerGrain")]
public interface IWorkerGrain : IGrainWithStringKey
{
    /// <summary>Goes on or off duty; answered after the fact is durable. Being there already is no error.</summary>
    [Alias("SetDuty")]
    Task<WorkerOutcome> SetDutyAsync(Guid commandId, Actor by, bool onDuty);

    /// <summary>
    /// Takes positions in the order of measuring. Null when taken; a late one is kept in the track and changes no live
    /// state. Off duty nothing is taken: nobody is followed home.
    /// </summary>
    [Alias("Move")]
    Task<RejectCode?> MoveAsync(PositionReport position);

    [Alias("Get")]
    Task<WorkerView?> GetAsync();
}
