using GridMesh.Contracts.Access;

namespace GridMesh.Contracts.Workers;

/// <summary>A grid worker, grid leader or drone. Key: the worker's id.</summary>
[Alias("IWorkerGrain")]
public interface IWorkerGrain : IGrainWithStringKey
{
    /// <summary>Goes on or off duty; answered after the fact is durable. Being there already is no error.</summary>
    [Alias("SetDuty")]
    Task<WorkerOutcome> SetDutyAsync(Guid commandId, Actor by, bool onDuty);

    [Alias("Get")]
    Task<WorkerView?> GetAsync();
}
