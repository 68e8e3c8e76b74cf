namespace GridMesh.Demo.Traffic;

/// <summary>Work that runs beside the tick, at most so many at once; what fails is counted and forgotten.</summary>
internal sealed class Inflight(int most, FailureLog failures)
{
    private readonly Lock _lock = new();
    private readonly HashSet<Task> _running = [];

    public bool HasRoom
    {
        get
        {
            lock (_lock)
            {
                return _running.Count < most;
            }
        }
    }

    /// <summary>Runs it if there is room, otherwise answers false and does nothing.</summary>
    public bool TryRun(Func<Task> work)
    {
        lock (_lock)
        {
            if (_running.Count >= most)
                return false;

            var task = GuardAsync(work);
            if (!task.IsCompleted)
            {
                _running.Add(task);
                _ = task.ContinueWith(
                    Forget, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
        }

        return true;
    }

    /// <summary>Ends when all that runs has ended.</summary>
    public Task DrainAsync()
    {
        lock (_lock)
        {
            return Task.WhenAll(_running.ToArray());
        }
    }

    private void Forget(Task task)
    {
        lock (_lock)
        {
            _running.Remove(task);
        }
    }

    private async Task GuardAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException)
        {
            // The host stops; whoever asked for this has gone.
        }
        catch (Exception e)
        {
            // One request that failed for good must not end the traffic; it is counted and told about.
            failures.Add(e.Message);
        }
    }
}
