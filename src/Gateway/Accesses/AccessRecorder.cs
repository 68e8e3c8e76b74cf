using System.Threading.Channels;
using GridMesh.Contracts.Access;
using GridMesh.Contracts.Storage;
using GridMesh.Gateway.Plumbing.Access;

namespace GridMesh.Gateway.Accesses;

/// <summary>
/// Writes down who read what of people, before it is shown: what waits goes to disk together, once the write before it
/// is done.
/// </summary>
internal sealed class AccessRecorder(IAccessRecord record, LimitOptions limits, TimeProvider time)
    : BackgroundService
{
    /// <summary>Reads that wait for the disk at once; whoever comes beyond them waits in front.</summary>
    private const int WaitingMax = 10_000;

    /// <summary>Entries of one write.</summary>
    private const int BatchMax = 500;

    private static readonly TimeSpan s_forgetEvery = TimeSpan.FromHours(6);

    private readonly Channel<Waiting> _waiting = Channel.CreateBounded<Waiting>(WaitingMax);

    /// <summary>Durable when it answers.</summary>
    /// <exception cref="StorageUnavailableException">It is not on record: what was read is not to be shown.</exception>
    public async Task RecordAsync(AccessEntry entry, CancellationToken cancellation)
    {
        var waiting = new Waiting(entry);
        await _waiting.Writer.WriteAsync(waiting, cancellation);
        await waiting.Written.Task.WaitAsync(cancellation);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(WriteAsync(stoppingToken), ForgetAsync(stoppingToken));

    private async Task WriteAsync(CancellationToken stopping)
    {
        var batch = new List<Waiting>();
        try
        {
            while (await _waiting.Reader.WaitToReadAsync(stopping))
            {
                while (batch.Count < BatchMax && _waiting.Reader.TryRead(out var one))
                    batch.Add(one);

                await WriteAsync(batch);
                batch.Clear();
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops, and with it whoever waits.
        }
    }

    private async Task WriteAsync(List<Waiting> batch)
    {
        try
        {
            await record.AppendAsync([.. batch.Select(one => one.Entry)], CancellationToken.None);
            batch.ForEach(one => one.Written.SetResult());
        }
        catch (Exception e)
        {
            batch.ForEach(one => one.Written.SetException(e));
        }
    }

    private async Task ForgetAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(s_forgetEvery, time);
        try
        {
            do
            {
                await TryForgetAsync(stopping);
            }
            while (await timer.WaitForNextTickAsync(stopping));
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    private async Task TryForgetAsync(CancellationToken stopping)
    {
        try
        {
            await record.ForgetAsync(time.GetUtcNow().AddDays(-limits.AccessRecordDays), stopping);
        }
        catch (StorageUnavailableException)
        {
            // Some hours later is early enough.
        }
    }

    private sealed record Waiting(AccessEntry Entry)
    {
        public TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
