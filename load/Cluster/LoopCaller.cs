using GridMesh.Load.Kills;

namespace GridMesh.Load.Cluster;

/// <summary>
/// One after the other, takes cases of a grid through the whole closed loop: report, dispatch, accept, resolve, inspect
/// by somebody else, feedback, evaluate. A command without an answer is sent again, and kept to be looked up.
/// </summary>
/// <param name="pause">Between two commands; zero: as fast as it goes.</param>
internal sealed class LoopCaller(Doors doors, Crew crew, Member me, string keyPrefix, TimeSpan pause, TimeProvider time)
{
    private readonly (string Name, string Token, object Body, string Fact)[] _steps =
    [
        ("dispatch", crew.Dispatcher, new { owner = me.Worker }, "IncidentDispatched"),
        ("accept", me.WorkerToken, new { }, "IncidentAccepted"),
        ("resolve", me.WorkerToken, new { result = "done" }, "IncidentResolved"),
        ("inspect", crew.Inspector, new { pass = true }, "InspectionPassed"),
        ("feedback", crew.Dispatcher, new { text = "told" }, "ReporterTold"),
        ("evaluate", crew.Resident, new { score = 5 }, "IncidentEvaluated"),
    ];

    private int _sent;
    private int _lifecycles;

    public Ledger Ledger { get; } = new();

    /// <summary>Cases that went all the way.</summary>
    public int Lifecycles => Volatile.Read(ref _lifecycles);

    /// <summary>Goes on until it is told to stop; the case at hand is then left as it is.</summary>
    public async Task RunAsync(CancellationToken stop, CancellationToken cancellation)
    {
        while (!stop.IsCancellationRequested && _sent < Caller.CommandsMax)
        {
            if (await CaseAsync(stop, cancellation))
            {
                Interlocked.Increment(ref _lifecycles);
            }
        }
    }

    private async Task<bool> CaseAsync(CancellationToken stop, CancellationToken cancellation)
    {
        var key = NextKey();
        var id = await SendAsync(
            new SentCommand(
                "incidents", me.WorkerToken,
                new { category = me.Categories[_sent % me.Categories.Count], description = Caller.DescriptionOf(key), grid = me.Grid },
                key, "IncidentReported", null),
            cancellation);
        foreach (var (name, token, body, fact) in _steps)
        {
            if (id is null || stop.IsCancellationRequested)
            {
                return false;
            }

            id = await SendAsync(new SentCommand($"incidents/{id}/{name}", token, body, NextKey(), fact, id), cancellation);
        }

        return id is not null;
    }

    /// <summary>The case's id when it was acknowledged.</summary>
    private async Task<string?> SendAsync(SentCommand command, CancellationToken cancellation)
    {
        if (pause > TimeSpan.Zero)
        {
            await Task.Delay(pause, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return await LedgerDesk.SendAsync(doors, command, Ledger, cancellation);
    }

    private string NextKey() => $"{keyPrefix}-{++_sent}";
}
