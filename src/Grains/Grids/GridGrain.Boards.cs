using GridMesh.Contracts.Care;
using GridMesh.Contracts.Patrols;
using GridMesh.Contracts.Workers;
using GridMesh.Grains.Live;
using Microsoft.Extensions.Logging;

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

    private async Task ReadPatrolsAsync()
    {
        if (_state.Patrols.Take(await Patrols.GetBoardAsync()))
            _publisher.TouchSummary();
    }

    private async Task ReadCareAsync()
    {
        if (_state.Apply(await Care.GetBoardAsync()))
            _publisher.TouchSummary();
    }

    /// <summary>
    /// What was not told in time is asked for; where nothing is planned and nobody watched, nobody is asked.
    /// </summary>
    private async Task CheckBoardsAsync()
    {
        if (_state.Patrols.IsPlanned)
            await ReadPatrolsAsync();

        if (_state.Care is { IsWatching: true })
            await ReadCareAsync();
    }

    /// <summary>
    /// Where nothing was ever planned, or nobody ever watched over, no grain is woken to say so: it tells the grid by
    /// itself once there is.
    /// </summary>
    private async Task ReadBoardsAsync()
    {
        var streams = new[] { GrainKinds.Patrol, GrainKinds.Care }.Select(kind => kind.StreamOf(Code.Value));
        var has = await Task.WhenAll(streams.Select(stream => journal.HasStreamAsync(stream).AsTask()));
        await Task.WhenAll(
            has[0] ? ReadPatrolsAsync() : Task.CompletedTask, has[1] ? ReadCareAsync() : Task.CompletedTask);
    }

    /// <summary>Turns of the grid go on meanwhile: its patrols wait for the disk.</summary>
    private async Task TellAsync(ImmutableArray<PatrolSighting> seen)
    {
        try
        {
            if (_state.Patrols.Take(await Patrols.SightedAsync(seen)))
                await PublishAsync();
        }
        catch (Exception e)
        {
            // The next look at the patrols opens the checkpoints again, and the next position is the next try.
            log.LogWarning(
                Faults.Unexpected(e), "Sightings of grid {Grid} did not reach its patrols: {Reason}", Code, e.Message);
        }
    }

    private void Sight(WorkerDot dot, double? accuracy, WorkerDot? before)
    {
        if (!_state.Patrols.IsAnythingDue)
            return;

        var seen = _state.Patrols.Pass(dot, time.GetUtcNow(), accuracy, before);
        if (!seen.IsEmpty)
            _ = TellAsync(seen);
    }
}
