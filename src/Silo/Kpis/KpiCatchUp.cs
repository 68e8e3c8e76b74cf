using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Kpis;
using GridMesh.Contracts.Storage;
using GridMesh.Grains.Directory;
using GridMesh.Grains.Incidents;
using GridMesh.Grains.Kpis;

namespace GridMesh.Silo.Kpis;

/// <summary>
/// Folds what the tables of indices do not have yet: the last seconds before a crash, or a whole journal from before
/// they were kept. Runs beside everything else; until it is done the sums of this process wait in memory.
/// </summary>
internal sealed class KpiCatchUp(
    IKpiStore kpis, IJournal journal, DirectoryRules rules, TimeProvider time, ILogger<KpiCatchUp> log)
    : BackgroundService
{
    private const int ChunkMax = 5_000;

    /// <summary>How often it looks whether the connection was opened anew.</summary>
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(IKpiStore.FlushSeconds);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_every, time);
        do
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // The database is away, the connection was opened anew under another number meanwhile, or a fact cannot
                // be read: what is left to fold is asked for again, and the process lives on without it.
                log.LogWarning(e, "The indices have to wait");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task RunAsync(CancellationToken cancellation)
    {
        var facts = 0L;
        while (await kpis.ReadTailAsync(ChunkMax, cancellation) is { } tail)
        {
            var entries = new List<KpiEntry>();
            foreach (var stream in tail.Facts.GroupBy(fact => fact.Stream))
            {
                if (CaseNumber.TryParse(stream.Key, out var number, out _))
                    entries.AddRange(await EntriesAsync(number, stream.Select(fact => fact.Version), cancellation));
                else
                    entries.AddRange(stream.SelectMany(fact => KpiEntries.OfPatrols(fact, rules.View)));
            }

            await kpis.AddTailAsync(tail, entries, cancellation);
            facts += tail.Facts.Count;
            log.LogInformation("Indices caught up with {Facts} facts", facts);
        }
    }

    private async Task<IEnumerable<KpiEntry>> EntriesAsync(
        CaseNumber number, IEnumerable<long> versions, CancellationToken cancellation)
    {
        var wanted = versions.ToHashSet();
        var tallies = new List<Tally>();
        CaseTally? tally = null;
        foreach (var record in await journal.ReadStreamAsync(number.Value, cancellation: cancellation))
        {
            tally = CaseTally.Fold(tally, IncidentHistory.Decode(record), out var some);
            if (wanted.Contains(record.Version))
                tallies.AddRange(some);
        }

        return KpiEntries.Of(number, tallies, rules.View);
    }
}
