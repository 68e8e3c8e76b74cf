namespace GridMesh.Load.Measuring;

/// <summary>Runs a schedule: starts each operation at its moment and waits for none of them before the end.</summary>
/// <param name="inFlightMax">Most operations at once; what is due beyond that is skipped and counted.</param>
internal sealed class OpenLoad(OpenSchedule schedule, int inFlightMax, TimeProvider time)
{
    private int _inFlight;

    /// <summary>Operations that were due while too many others were unanswered.</summary>
    public int Skipped { get; private set; }

    /// <summary>Starts everything that is due in time and ends when the last operation has ended.</summary>
    /// <param name="operation">Gets its number from 0 and the timestamp at which it was meant to start. It does not throw.</param>
    public async Task RunAsync(Func<int, long, Task> operation, CancellationToken cancellation)
    {
        var start = time.GetTimestamp();
        var running = new List<Task>();
        for (var number = 0; number < schedule.Count && !cancellation.IsCancellationRequested; number++)
        {
            var due = schedule.DueAt(number);
            if (due - time.GetElapsedTime(start) is var early && early > TimeSpan.Zero)
            {
                await Task.Delay(early, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (cancellation.IsCancellationRequested)
                {
                    break;
                }
            }

            if (Volatile.Read(ref _inFlight) >= inFlightMax)
            {
                Skipped++;
                continue;
            }

            Interlocked.Increment(ref _inFlight);
            running.RemoveAll(task => task.IsCompletedSuccessfully);
            running.Add(CountedAsync(operation, number, start + (long)(due.TotalSeconds * time.TimestampFrequency)));
        }

        await Task.WhenAll(running);
    }

    private async Task CountedAsync(Func<int, long, Task> operation, int number, long intended)
    {
        try
        {
            await operation(number, intended);
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }
}
