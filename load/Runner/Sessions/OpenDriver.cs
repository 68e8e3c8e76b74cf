using GridMesh.Load.Runner.Schedules;

namespace GridMesh.Load.Runner.Sessions;

/// <summary>
/// Starts iterations at their moments. They are found due in batches, one a tick of the clock; each keeps its own moment
/// as its beginning, so a late batch shows in the latencies and loses nothing.
/// </summary>
internal sealed class OpenDriver(ScenarioRun run)
{
    /// <param name="begin">Timestamp from which the arrivals count.</param>
    /// <param name="end">Timestamp at which nothing more starts.</param>
    public async Task RunAsync(Arrivals arrivals, long begin, long end)
    {
        var session = run.Session;
        for (var index = 0L; index < arrivals.Count; index++)
        {
            var due = begin + session.Ticks(arrivals.DueAt(index));
            if (due >= end)
            {
                return;
            }

            if (due > session.Time.GetTimestamp())
            {
                await session.WaitUntilAsync(due, run.Ended);
            }

            if (run.Ended.IsCancellationRequested)
            {
                return;
            }

            run.StartLag.Record(session.Time.GetElapsedTime(due).Ticks / TimeSpan.TicksPerMicrosecond);
            run.Start(due);
        }
    }
}
