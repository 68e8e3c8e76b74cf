using GridMesh.Contracts.Care;
using GridMesh.Contracts.Patrols;
using GridMesh.Contracts.Workers;

namespace GridMesh.Grains.Grids;

/// <content>
/// What stands beside the grid and writes for it: its patrols (<see cref="IPatrolGrain"/>) and its watches over
/// households (<see cref="ICareGrain"/>). Here are their numbers, and the checkpoints that are due, for every position
/// that comes by.
/// </content>
internal sealed partial class GridGrain
{
    private ICareGrain Care => GrainFactory.GetGrain<ICareGrain>(Code.Value);

    private IPatrolGrain Patrols => GrainFactory.GetGrain<IPatrolGrain>(Code.Value);

    public Task PatrolsChangedAsync(PatrolBoard board) =>
        _state.Patrols.Take(board) ? PublishAsync() : Task.CompletedTask;

    public Task CareChangedAsync(CareBoard board) => _state.Apply(board) ? PublishAsync() : Task.CompletedTask;

    private async Task<bool> ReadPatrolsAsync() => _state.Patrols.Take(await Patrols.GetBoardAsync());

    private async Task<bool> ReadCareAsync() => _state.Apply(await Care.GetBoardAsync());

    /// <summary>
    /// What was not told in time is asked for; where nothing is planned and nobody watched, nobody is asked.
    /// </summary>
    private async Task<bool> CheckBesideAsync()
    {
        var changed = _state.Patrols.IsPlanned && await ReadPatrolsAsync();
        return (_state.Care is { IsWatching: true } && await ReadCareAsync()) || changed;
    }

    private void Sight(WorkerDot dot)
    {
        if (!_state.Patrols.IsAnythingDue)
        {
            return;
        }

        var seen = _state.Patrols.Pass(dot, time.GetUtcNow());
        if (!seen.IsEmpty)
        {
            _ = Patrols.SightedAsync(seen);
        }
    }
}
