using GridMesh.Contracts.Patrols;
using GridMesh.Contracts.Workers;

namespace GridMesh.Grains.Grids;

/// <content>
/// The patrols of the grid: they are kept and written by <see cref="IPatrolGrain"/>; here are their numbers, and the
/// checkpoints that are due, for every position that comes by.
/// </content>
internal sealed partial class GridGrain
{
    private IPatrolGrain Patrols => GrainFactory.GetGrain<IPatrolGrain>(Code.Value);

    public Task PatrolsChangedAsync(PatrolBoard board) =>
        _state.Patrols.Take(board) ? PublishAsync() : Task.CompletedTask;

    private async Task<bool> ReadPatrolsAsync() => _state.Patrols.Take(await Patrols.GetBoardAsync());

    /// <summary>What was not told in time is asked for; where nothing is planned nobody is asked.</summary>
    private async Task<bool> CheckPatrolsAsync() => _state.Patrols.IsPlanned && await ReadPatrolsAsync();

    private void Sight(WorkerDot dot)
    {
        var seen = _state.Patrols.Pass(dot, time.GetUtcNow());
        if (!seen.IsEmpty)
        {
            _ = Patrols.SightedAsync(seen);
        }
    }
}
