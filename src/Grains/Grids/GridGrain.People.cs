using GridMesh.Contracts.Workers;

namespace GridMesh.Grains.Grids;

/// <content>Who is on duty in the grid, and where they are.</content>
internal sealed partial class GridGrain
{
    private static readonly Task<ImmutableArray<RefusedPosition>> s_allTaken =
        Task.FromResult(ImmutableArray<RefusedPosition>.Empty);

    public async Task<WorkerDot?> DutyChangedAsync(DutyRow row)
    {
        if (_state.People.Apply(row, time.GetUtcNow()))
        {
            ShowWorker(row.Worker);
            await PublishAsync();
        }

        return _state.People.Find(row.Worker);
    }

    public Task<ImmutableArray<RefusedPosition>> MoveAsync(ImmutableArray<WorkerPosition> positions)
    {
        var before = (_state.People.OnDuty, _state.People.Silent, _state.People.Deserted);
        var now = time.GetUtcNow();
        ImmutableArray<RefusedPosition>.Builder? refused = null;
        for (var i = 0; i < positions.Length; i++)
        {
            var from = _state.Patrols.IsAnythingDue ? _state.People.Find(positions[i].Worker) : null;
            var (reject, news) = _state.People.Move(positions[i], now);
            if (reject is { } why)
            {
                (refused ??= ImmutableArray.CreateBuilder<RefusedPosition>()).Add(new RefusedPosition(i, why));
            }
            else if (news is { } dot)
            {
                _publisher.View?.Put(dot, Code);
                Sight(dot, positions[i].Report.Accuracy, from);
            }
        }

        if (before != (_state.People.OnDuty, _state.People.Silent, _state.People.Deserted))
            _publisher.TouchSummary();

        var answer = refused is null ? s_allTaken : Task.FromResult(refused.DrainToImmutable());
        return _publisher.FlushAsync() is { IsCompletedSuccessfully: false } flush
            ? AfterAsync(flush, answer)
            : answer;

        static async Task<ImmutableArray<RefusedPosition>> AfterAsync(
            Task flush, Task<ImmutableArray<RefusedPosition>> answer)
        {
            await flush;
            return await answer;
        }
    }

    public Task<WorkerDot?> GetWorkerAsync(string worker) => Task.FromResult(_state.People.Find(worker));
}
