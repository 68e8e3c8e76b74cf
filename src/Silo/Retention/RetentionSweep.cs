using System.Diagnostics.Metrics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GridMesh.Contracts.Access;
using GridMesh.Contracts.Clocks;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Facts;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Storage;

namespace GridMesh.Silo.Retention;

/// <summary>
/// Erases what is kept long enough, once a China day and in small batches: whoever writes the day over the one before
/// has it, so of several silos one does it. Each erasure is a command of its case, and a fact of it.
/// </summary>
internal sealed class RetentionSweep(
    RetentionOptions options, IPersonalStore store, IStateTable state, IGrainFactory grains, TimeProvider time,
    ILogger<RetentionSweep> log) : BackgroundService
{
    /// <summary>Who does it, on record.</summary>
    public const string Clock = "retention";

    private const int BatchMax = 100;

    private static readonly TimeSpan s_every = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);
    private static readonly Meter s_meter = new("GridMesh.Retention");

    private static readonly Counter<long> s_erased = s_meter.CreateCounter<long>("gridmesh.retention.erased");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RunAsync(ChinaTime.Day(time.GetUtcNow()), stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // Whatever is left is found again the next day: nothing is kept of how far it came.
                log.LogWarning(e, "What is kept too long has to wait");
            }
        }
    }

    /// <summary>Sweeps, where nobody has that day.</summary>
    public async Task<bool> RunAsync(DateOnly today, CancellationToken cancellation = default)
    {
        if ((options.ContactDays == 0 && options.WordsDays == 0) || !await TakeAsync(today, cancellation))
            return false;

        await SweepAsync(PersonalPart.Words, options.WordsDays, today, cancellation);
        await SweepAsync(PersonalPart.Contact, options.ContactDays, today, cancellation);
        return true;
    }

    private async Task<bool> TakeAsync(DateOnly today, CancellationToken cancellation)
    {
        var day = today.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var last = await state.ReadAsync(Clock, Clock, Clock, cancellation);
        return (last is not { } row || string.CompareOrdinal(Encoding.ASCII.GetString(row.Payload.Span), day) < 0)
            && await state.WriteAsync(
                Clock, Clock, Clock, Encoding.ASCII.GetBytes(day), last?.Etag, cancellation) is not null;
    }

    private async Task SweepAsync(PersonalPart part, int days, DateOnly today, CancellationToken cancellation)
    {
        if (days == 0)
            return;

        var before = today.AddDays(-days);
        var (after, erased) = (string.Empty, 0);
        while (await store.ReadHeldAsync(part, ChinaTime.NumberOf(before), after, BatchMax, cancellation)
            is { Count: > 0 } batch)
        {
            foreach (var number in batch)
                erased += await EraseAsync(number, part) ? 1 : 0;

            after = batch[^1].Value;
            await Task.Delay(s_pause, time, cancellation);
        }

        s_erased.Add(erased, new KeyValuePair<string, object?>("part", part.ToString()));
        log.LogInformation(
            "Retention: {Part} of {Count} cases that were over by {Day} erased", part, erased, before);
    }

    private async Task<bool> EraseAsync(CaseNumber number, PersonalPart part)
    {
        var by = new Actor(Clock, Clock, Role.Admin, number.Grid.District, null, []);
        var id = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{number}\n{Clock}\n{part}")).AsSpan(0, 16));
        var outcome = await grains.GetGrain<IIncidentGrain>(number.Value).ExecuteAsync(
            new EraseCase(id, by, Clock, part == PersonalPart.Contact, Person: null));
        return outcome.Reject is null;
    }
}
