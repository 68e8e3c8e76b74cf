namespace GridMesh.Load.Faults;

/// <summary>
/// The gateways as a real client behind a balancer meets them: commands go to one after the other, and a command that
/// meets a fault or no answer is sent again with the same key, by the next gateway, until it is answered.
/// </summary>
/// <param name="patience">After that a command is given up and looked up at the end; zero: after the first
/// attempt.</param>
internal sealed class Gateways(IReadOnlyList<MeshClient> gateways, TimeSpan patience, TimeProvider time)
{
    private static readonly TimeSpan s_pauseFirst = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_pauseMax = TimeSpan.FromSeconds(1);
    private int _next;

    /// <summary>Where the fates of commands are written; another one for each part of a scenario.</summary>
    public Timeline Timeline { get; set; } = new(time);
    public HistogramBase Latency { get; } = Durations.Create();

    /// <summary>True when a command found nobody, and nobody waits for their return.</summary>
    public bool IsGone { get; private set; }

    /// <summary>Sends a command and writes into a ledger what became of it.</summary>
    /// <returns>Id of the case or the worker when it was acknowledged.</returns>
    public async Task<string?> SendAsync(SentCommand command, Ledger ledger, CancellationToken cancellation)
    {
        if (await AnswerAsync(command, ledger, cancellation) is not { } answer)
            return null;
        if (!answer.IsSuccess)
        {
            ledger.Refuse(answer.Code);
            return null;
        }

        var id = answer.Body.GetProperty("id").GetString()!;
        ledger.Acknowledge(command, id, command.Fact is null ? 0 : answer.Body.GetProperty("version").GetInt64());
        return id;
    }

    /// <summary>Null when no answer came in time, or the scenario ends.</summary>
    private async Task<Answer?> AnswerAsync(SentCommand command, Ledger ledger, CancellationToken cancellation)
    {
        var (began, pause) = (time.GetTimestamp(), s_pauseFirst);
        for (var attempt = 0; !cancellation.IsCancellationRequested; attempt++)
        {
            if (await TryAsync(command, cancellation) is { } answer)
            {
                Timeline.Answer(time.GetElapsedTime(began));
                Latency.Record(time.GetElapsedTime(began));
                return answer;
            }

            // Whatever had to be sent again is looked up at the end: it has to be there exactly once.
            if (attempt == 0)
                ledger.Unanswered.Add(command);
            if (time.GetElapsedTime(began) >= patience)
                return null;
            await Task.Delay(pause, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < s_pauseMax ? pause * 2 : s_pauseMax;
        }

        return null;
    }

    /// <summary>An answer that stands, be it yes or no; null where the same command has to be sent again.</summary>
    private async Task<Answer?> TryAsync(SentCommand command, CancellationToken cancellation)
    {
        var gateway = gateways[(int)((uint)Interlocked.Increment(ref _next) % gateways.Count)];
        try
        {
            var answer = await gateway.PostAsync(command.Path, command.Token, command.Body, command.Key, cancellation);
            _ = answer.Body;
            if ((int)answer.Status is < 500 and not 429)
                return answer;
            Timeline.Fail(answer.Code);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException
            or JsonException)
        {
            Timeline.Fail(e.GetType().Name);
            IsGone = patience == TimeSpan.Zero;
        }

        return null;
    }
}
