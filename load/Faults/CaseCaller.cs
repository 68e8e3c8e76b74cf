namespace GridMesh.Load.Faults;

/// <summary>Takes cases of a grid through the closed loop, one after the other, a command at a time.</summary>
internal sealed class CaseCaller(Gateways calls, Crew crew, Member me, string keyPrefix, TimeProvider time)
{
    private const int ShiftEvery = 3;

    private readonly LoopStep[] _steps = LoopStep.Of(
        crew.Dispatcher, crew.Inspector, crew.Resident, me.Token, me.Worker);
    private int _sent;
    private bool _onDuty;

    /// <summary>Every so many cases stay open, so that there are such and closed ones to count; 0: none.</summary>
    public int LeftOpenEvery { get; init; }

    /// <summary>Goes on and off duty now and then, where nobody else does for the same worker.</summary>
    public bool TakesShifts { get; init; }

    /// <summary>Between two commands; zero: as fast as it goes.</summary>
    public TimeSpan Pause { get; init; }
    public Ledger Ledger { get; } = new();

    /// <summary>Until it is told to stop or the product is gone; the case at hand is left as it is.</summary>
    public async Task RunAsync(CancellationToken stop, CancellationToken cancellation)
    {
        bool IsOver() => stop.IsCancellationRequested || calls.IsGone;
        for (var number = 1; !IsOver(); number++)
        {
            await CaseAsync(LeftOpenEvery > 0 && number % LeftOpenEvery == 0 ? 2 : _steps.Length, IsOver, cancellation);
            if (TakesShifts && me.HasShift && number % ShiftEvery == 0 && !IsOver())
            {
                _onDuty = !_onDuty;
                await SendAsync($"workers/{me.Worker}/shift", me.Token, new { onDuty = _onDuty }, NextKey(), null,
                    me.Worker, cancellation);
            }
        }
    }

    /// <summary>Runs something while callers go on; where it fails, they give up at once.</summary>
    public static async Task WhileAsync(
        IReadOnlyList<CaseCaller> callers, Func<CancellationToken, Task> run, CancellationToken cancellation)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(giveUp.Token);
        var running = Task.WhenAll(callers.Select(
            caller => Task.Run(() => caller.RunAsync(stop.Token, giveUp.Token), CancellationToken.None)));
        try
        {
            await run(cancellation);
        }
        catch
        {
            await giveUp.CancelAsync();
            throw;
        }
        finally
        {
            await stop.CancelAsync();
            await running;
        }
    }

    private async Task CaseAsync(int steps, Func<bool> isOver, CancellationToken cancellation)
    {
        var key = NextKey();
        var report = me.Report(_sent, SentCommand.DescriptionOf(key));
        var id = await SendAsync("incidents", me.Token, report, key, "IncidentReported", null, cancellation);
        foreach (var (name, token, body, fact) in _steps.Take(steps))
        {
            if (id is null || isOver())
                return;
            id = await SendAsync($"incidents/{id}/{name}", token, body, NextKey(), fact, id, cancellation);
        }
    }

    private async Task<string?> SendAsync(
        string path, string token, object body, string key, string? fact, string? subject,
        CancellationToken cancellation)
    {
        if (Pause > TimeSpan.Zero)
            await Task.Delay(Pause, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return await calls.SendAsync(
            new SentCommand(path, token, body, key, fact, subject, _onDuty), Ledger, cancellation);
    }

    private string NextKey() => $"{keyPrefix}-{++_sent}";
}
