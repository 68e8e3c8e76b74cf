using GridMesh.Load.Runner.Schedules;

namespace GridMesh.Load.Runner.Sessions;

/// <summary>The copies of a closed workload: each begins its next iteration when its last has ended, while it is wanted.</summary>
internal sealed class CopyPool(ScenarioRun run)
{
    private readonly List<Copy> _copies = [];
    private int _wanted;
    private long _iterationsLeft;
    private TaskCompletionSource _exhausted = new(run.Session.Settings.Waiting);

    /// <summary>Follows a plan to its end and leaves the copies running.</summary>
    /// <returns>Timestamp at which the next stretch begins.</returns>
    public async Task<long> RunAsync(CopiesPlan plan, long begin, long end)
    {
        var session = run.Session;
        _exhausted = new TaskCompletionSource(session.Settings.Waiting);
        Interlocked.Exchange(ref _iterationsLeft, plan.IterationsMax ?? long.MaxValue);
        while (session.Time.GetTimestamp() < end && !run.Ended.IsCancellationRequested)
        {
            var at = session.Time.GetElapsedTime(begin);
            Set(plan.CopiesAt(at));
            var next = Math.Min(end, begin + session.Ticks(plan.NextChange(at)));
            await Task.WhenAny(session.WaitUntilAsync(next, run.Ended), _exhausted.Task);
            if (_exhausted.Task.IsCompleted)
            {
                Set(0);
                return session.Time.GetTimestamp();
            }
        }

        return end;
    }

    /// <summary>So many copies go on; the others end after their iteration.</summary>
    public void Set(int copies)
    {
        Volatile.Write(ref _wanted, copies);
        while (_copies.Count < copies)
        {
            _copies.Add(new Copy(this, _copies.Count));
        }

        for (var number = 0; number < copies; number++)
        {
            _copies[number].EnsureRunning();
        }
    }

    private bool Wants(int number) => number < Volatile.Read(ref _wanted) && !run.Ended.IsCancellationRequested;

    private bool TryTake()
    {
        if (Interlocked.Decrement(ref _iterationsLeft) >= 0)
        {
            return true;
        }

        _exhausted.TrySetResult();
        return false;
    }

    private sealed class Copy(CopyPool pool, int number) : IThreadPoolWorkItem
    {
        private Iteration? _iteration;
        private int _isRunning;

        public void EnsureRunning()
        {
            if (Interlocked.CompareExchange(ref _isRunning, 1, 0) != 0)
            {
                return;
            }

            if (!pool.Run.TryEnter())
            {
                pool.Run.Record(Codes.NotStartedResponse, 0);
                Volatile.Write(ref _isRunning, 0);
                return;
            }

            if (pool.Run.Session.Settings.IsInline)
            {
                _ = LoopAsync();
            }
            else
            {
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            }
        }

        void IThreadPoolWorkItem.Execute() => _ = LoopAsync();

        private async Task LoopAsync()
        {
            var iteration = _iteration ??= pool.Run.NewIteration();
            while (pool.Wants(number) && pool.TryTake())
            {
                iteration.Prepare(pool.Run.Session.Time.GetTimestamp(), pool.Run.NextInvocation());
                var running = iteration.RunAsync();
                if (running.IsCompleted)
                {
                    // An iteration that never waits would keep the thread for itself until the end.
                    await Task.Yield();
                }

                await running;
            }

            Volatile.Write(ref _isRunning, 0);
            pool.Run.Leave();
            if (pool.Wants(number) && Interlocked.Read(ref pool._iterationsLeft) > 0)
            {
                // It was wanted again while it was about to end.
                EnsureRunning();
            }
        }
    }

    private ScenarioRun Run => run;
}
