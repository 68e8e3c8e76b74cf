namespace GridMesh.Contracts.Patrols;

/// <summary>The patrols of one grid: plans, rounds, check-ins. Key: the grid's 15 digits.</summary>
[Alias("IPatrolGrain")]
public interface IPatrolGrain : IGrainWithStringKey
{
    /// <summary>Answered once the facts are durable.</summary>
    [Alias("Execute")]
    Task<PatrolOutcome> ExecuteAsync(PatrolCommand command);

    /// <summary>Workers came by due checkpoints. Doubled or late ones change nothing.</summary>
    /// <returns>What the live grid shows from now on.</returns>
    [Alias("Sighted")]
    Task<PatrolBoard> SightedAsync(ImmutableArray<PatrolSighting> sightings);

    /// <summary>
    /// What the live grid shows. It interleaves: the grid asks while it wakes, and this one may be telling it something
    /// at that moment.
    /// </summary>
    [Alias("GetBoard"), AlwaysInterleave]
    Task<PatrolBoard> GetBoardAsync();

    /// <summary>The plans that are walked, in the order of their ids.</summary>
    [Alias("GetPlans")]
    Task<ImmutableArray<PlanView>> GetPlansAsync();

    /// <param name="day">China day as yyyyMMdd.</param>
    [Alias("GetDay")]
    Task<PatrolDay> GetDayAsync(int day);
}
