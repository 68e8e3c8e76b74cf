using System.Text.Json;
using GridMesh.Load.Clients;
using GridMesh.Load.Kills;
using GridMesh.Load.Measuring;

namespace GridMesh.Load.Cluster;

/// <summary>
/// The gateways as a real client behind a balancer meets them: commands go to one after the other, and a command that
/// meets a fault or no answer is sent again with the same key, by the next gateway, until it is answered.
/// </summary>
internal sealed class Doors(IReadOnlyList<MeshClient> gateways, TimeProvider time)
{
    /// <summary>After that a command is given up and looked up at the end.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan s_pauseFirst = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_pauseMax = TimeSpan.FromSeconds(1);

    private int _next;
    private int _retried;

    /// <summary>Where the fates of commands are written; another one for each part of a scenario.</summary>
    public Timeline Timeline { get; set; } = new(time);

    /// <summary>From the first attempt to the answer.</summary>
    public Histogram Latency { get; set; } = new();

    /// <summary>Commands that were sent more than once.</summary>
    public int Retried => Volatile.Read(ref _retried);

    /// <summary>Null when no answer came in two minutes, or the scenario ends.</summary>
    /// <param name="onRetry">Called once when the first attempt had no answer.</param>
    public async Task<Answer?> SendAsync(SentCommand command, Action onRetry, CancellationToken cancellation)
    {
        var (began, pause) = (time.GetTimestamp(), s_pauseFirst);
        for (var attempt = 0; time.GetElapsedTime(began) < s_patience && !cancellation.IsCancellationRequested; attempt++)
        {
            if (attempt == 1)
            {
                Interlocked.Increment(ref _retried);
                onRetry();
            }

            if (attempt > 0)
            {
                await Task.Delay(pause, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                pause = pause * 2 < s_pauseMax ? pause * 2 : s_pauseMax;
            }

            if (await TryAsync(command, cancellation) is { } answer)
            {
                Timeline.Answer(time.GetElapsedTime(began));
                Latency.Record(time.GetElapsedTime(began));
                return answer;
            }
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
            if (answer.Status is < 500 and not 429)
            {
                return answer;
            }

            Timeline.Fail(answer.Code);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException or JsonException)
        {
            Timeline.Fail(e.GetType().Name);
        }

        return null;
    }
}
