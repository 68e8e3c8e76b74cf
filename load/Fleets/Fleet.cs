namespace GridMesh.Load.Fleets;

/// <summary>Thousands of real SignalR connections in one process.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    /// <summary>Most clients of a fleet.</summary>
    public const int ClientsMax = 100_000;

    /// <summary>Connections that are being made at once.</summary>
    private const int ComingMax = 128;

    /// <summary>Each client pings once in so many rounds: every 15 s, as the client package does.</summary>
    private const int PingRounds = 150;

    private static readonly TimeSpan s_pingRound = TimeSpan.FromMilliseconds(100);

    private readonly FleetContext _context;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _pinging;

    /// <param name="areaOf">What each client watches; those who watch the same share one log.</param>
    /// <param name="keepsAll">Which clients keep the whole of their area.</param>
    public Fleet(FleetContext context, Func<int, AreaLog> areaOf, int clients, Func<int, bool> keepsAll, TimeProvider time)
    {
        _context = context;
        Clients = [.. Enumerable.Range(0, clients).Select(
            number => new FleetClient(number, areaOf(number), context, keepsAll(number)))];
        _pinging = PingAsync(time);
    }

    public IReadOnlyList<FleetClient> Clients { get; }

    public int Current => Clients.Count(client => client.IsCurrent);

    /// <summary>Ends a phase: what comes from now on is counted anew.</summary>
    public FleetTally TakeTally() => _context.TakeTally();

    /// <summary>The count of the present phase.</summary>
    public FleetTally Tally => _context.Tally;

    /// <summary>Everybody comes, some at a time; the number of those who are current then.</summary>
    public async Task<int> ComeAsync(CancellationToken cancellation)
    {
        var arrived = 0;
        await Parallel.ForEachAsync(
            Clients,
            new ParallelOptions { MaxDegreeOfParallelism = ComingMax, CancellationToken = cancellation },
            async (client, token) =>
            {
                if (await client.ComeAsync().WaitAsync(token))
                {
                    Interlocked.Increment(ref arrived);
                }
            });
        return arrived;
    }

    /// <summary>Everybody is cut off.</summary>
    public Task GoAsync() => Task.WhenAll(Clients.Select(client => client.GoAsync()));

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _pinging;
        await GoAsync();
        _ending.Dispose();
    }

    private async Task PingAsync(TimeProvider time)
    {
        using var timer = new PeriodicTimer(s_pingRound, time);
        try
        {
            for (var round = 0; await timer.WaitForNextTickAsync(_ending.Token); round = (round + 1) % PingRounds)
            {
                for (var number = round; number < Clients.Count; number += PingRounds)
                {
                    Clients[number].Ping();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The fleet is dissolved.
        }
    }
}
