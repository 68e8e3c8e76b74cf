using System.Collections.Immutable;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Grids;
using GridMesh.Grains;
using Orleans.Core.Internal;
using Orleans.Runtime;

namespace GridMesh.Silo.Hosting.Cluster;

/// <summary>
/// Keeps this silo's share of the live tree awake and in its place. A grid that died with its silo is called, and so
/// wakes where it belongs now; one that belongs on a silo that has come is let go here and wakes there. Grids and areas
/// are never idle, so nothing else would move them; all other grains move as they are used.
/// </summary>
internal sealed partial class TreeKeeper(
    IClusterMembershipService membership, ILocalSiloDetails self, IGrainFactory grains, IDirectory directory,
    AreaPlaces places, TimeProvider time, ILogger<TreeKeeper> log) : BackgroundService
{
    /// <summary>Grids and areas that are called or let go at a time, so that a move is no storm.</summary>
    private const int AtOnceMax = 64;

    private static readonly ImmutableArray<string> s_kept =
        [.. GrainKinds.All.Where(kind => kind.StaysAwake).Select(kind => kind.Name)];

    /// <summary>Rounds without news: what was lost between two of them is found by the next.</summary>
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(15);

    /// <summary>The pause of a round that left something to do: a tier that moves takes well under a second.</summary>
    private static readonly TimeSpan s_unsettled = TimeSpan.FromSeconds(1);

    /// <summary>Pauses of the rounds that follow a change: the first may meet a silo that is just going.</summary>
    private static readonly TimeSpan[] s_afterChange =
        [TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4)];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var seen = MembershipVersion.MinValue;
        var sinceChange = s_afterChange.Length;
        while (!stoppingToken.IsCancellationRequested)
        {
            var silos = ActiveSilos();
            var isSettled = !silos.Contains(self.SiloAddress) || await RoundAsync(silos, stoppingToken);

            var pause = !isSettled ? s_unsettled
                : sinceChange < s_afterChange.Length ? s_afterChange[sinceChange++] : s_interval;
            if (await ChangesAsync(seen, pause, stoppingToken))
                (seen, sinceChange) = (membership.CurrentSnapshot.Version, 0);
        }
    }

    private SiloAddress[] ActiveSilos() =>
        [.. membership.CurrentSnapshot.Members.Values.Where(member => member.Status == SiloStatus.Active)
            .Select(member => member.SiloAddress)];

    /// <summary>Waits for the pause; true as soon as the list of silos is another one.</summary>
    private async Task<bool> ChangesAsync(MembershipVersion seen, TimeSpan pause, CancellationToken stopping)
    {
        using var until = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var timer = time.CreateTimer(_ => Cancel(until), null, pause, Timeout.InfiniteTimeSpan);
        try
        {
            await foreach (var snapshot in membership.MembershipUpdates.WithCancellation(until.Token))
            {
                if (snapshot.Version > seen)
                    return true;
            }
        }
        catch (OperationCanceledException)
        {
            // The pause is over, or the host stops.
        }

        return false;

        static void Cancel(CancellationTokenSource source)
        {
            try
            {
                source.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // The change came first.
            }
        }
    }

    /// <summary>True when nothing was left to do.</summary>
    private async Task<bool> RoundAsync(SiloAddress[] silos, CancellationToken stopping)
    {
        try
        {
            var strays = silos.Length > 1 ? await LetGoAsync(silos, stopping) : 0;
            await WakeAsync(silos, stopping);
            return strays == 0;
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            // A silo is going, or the database is away: the next round does what this one could not.
            LogRound(e);
            return false;
        }
    }

    /// <summary>
    /// Moves the lowest tier of the grids and areas that live here and belong elsewhere; answers how many tiers there
    /// were. A tier a round: an area that wakes asks its children, and Orleans moves grains in batches that wait
    /// for each other, so a child must never be behind its parent.
    /// </summary>
    private async Task<int> LetGoAsync(SiloAddress[] silos, CancellationToken stopping)
    {
        var here = await grains.GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics(
            null, [self.SiloAddress], stopping);
        var strays = here.Select(grain => grain.GrainId)
            .Where(grain => s_kept.Contains(grain.Type.ToString())
                && !places.Choose(grain, silos).Equals(self.SiloAddress))
            .Distinct().ToLookup(grain => grain.Key.AsSpan().Length);
        if (strays.Count > 0)
        {
            var lowest = strays.MaxBy(tier => tier.Key)!;
            await Parallel.ForEachAsync(lowest, Options(stopping), async (grain, cancellation) =>
                await grains.GetGrain<IGrainManagementExtension>(grain).MigrateOnIdle(cancellation));
            LogMoved(lowest.Count(), silos.Length);
        }

        return strays.Count;
    }

    private async Task WakeAsync(SiloAddress[] silos, CancellationToken stopping) => await Parallel.ForEachAsync(
        directory.Current.Data.Areas.Select(area => area.Code).Where(code => IsMine(code, silos)), Options(stopping),
        async (code, _) => await grains.GetNode(code).GetReportAsync());

    private bool IsMine(AreaCode code, SiloAddress[] silos) =>
        places.Choose(((IAddressable)grains.GetNode(code)).GetGrainId(), silos).Equals(self.SiloAddress);

    private static ParallelOptions Options(CancellationToken stopping) =>
        new() { MaxDegreeOfParallelism = AtOnceMax, CancellationToken = stopping };

    [LoggerMessage(LogLevel.Warning, "{Count} grids and areas move on: there are {Silos} silos now")]
    private partial void LogMoved(int count, int silos);

    [LoggerMessage(LogLevel.Warning, "Not all of this silo's areas could be woken yet")]
    private partial void LogRound(Exception exception);
}
