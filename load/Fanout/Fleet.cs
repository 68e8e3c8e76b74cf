namespace GridMesh.Load.Fanout;

/// <summary>Thousands of real SignalR connections in one process.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    /// <summary>Connections that are being made at once.</summary>
    private const int ComingMax = 128;

    /// <summary>Each client pings once in so many rounds: every 15 s, as the client package does.</summary>
    private const int PingRounds = 150;

    /// <summary>Files beside the clients' sockets: assemblies, logs, HTTP, databases.</summary>
    private const int OtherFiles = 500;
    private const string LimitsFile = "/proc/self/limits";
    private const string LimitsLine = "Max open files";
    private static readonly TimeSpan s_pingRound = TimeSpan.FromMilliseconds(100);
    private readonly FleetWay _way;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _pinging;

    /// <param name="areaOf">What each client watches; those who watch the same share one log.</param>
    /// <param name="keepsAll">Which clients keep the whole of their area.</param>
    public Fleet(FleetWay way, Func<int, AreaLog> areaOf, int clients, Func<int, bool> keepsAll)
    {
        _way = way;
        Clients = [.. Enumerable.Range(0, clients)
            .Select(number => new FleetClient(number, areaOf(number), way, keepsAll(number)))];
        _pinging = PingAsync();
    }

    public IReadOnlyList<FleetClient> Clients { get; }
    public int Current => Clients.Count(client => client.IsCurrent);

    /// <summary>The count of the present phase.</summary>
    public FleetTally Tally => _way.Tally;

    /// <summary>Ends a phase: what comes from now on is counted anew.</summary>
    public FleetTally TakeTally() => _way.TakeTally();

    /// <summary>What is wrong with so many clients, each of which is an open file; null when nothing is.</summary>
    /// <param name="limits">The kernel's table of limits; null where there is none.</param>
    public static string? Problem(int clients, string? limits)
    {
        var line = limits?.Split('\n').FirstOrDefault(line => line.StartsWith(LimitsLine, StringComparison.Ordinal));
        var limit = line?[LimitsLine.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return int.TryParse(limit, CultureInfo.InvariantCulture, out var files) && clients + OtherFiles > files
            ? $"--clients is {clients}; this system lets a process open {files} files, which is enough for {Math.Max(0, files - OtherFiles)}: raise it with ulimit -n"
            : null;
    }

    /// <summary>
    /// The same on this machine. The runtime raises its own limit to the highest that the system grants.
    /// </summary>
    public static string? Problem(int clients) =>
        Problem(clients, File.Exists(LimitsFile) ? File.ReadAllText(LimitsFile) : null);

    /// <summary>Everybody comes, some at a time; the number of those who are current then.</summary>
    public async Task<int> ComeAsync(CancellationToken cancellation)
    {
        var arrived = 0;
        await Parallel.ForEachAsync(
            Clients, new ParallelOptions { MaxDegreeOfParallelism = ComingMax, CancellationToken = cancellation },
            async (client, token) => Interlocked.Add(ref arrived, await client.ComeAsync().WaitAsync(token) ? 1 : 0));
        return arrived;
    }

    /// <summary>Everybody is cut off.</summary>
    public Task GoAsync() => Task.WhenAll(Clients.Select(client => client.GoAsync()));

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _pinging.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await GoAsync();
        _ending.Dispose();
    }

    private async Task PingAsync()
    {
        using var timer = new PeriodicTimer(s_pingRound, _way.Time);
        for (var round = 0; await timer.WaitForNextTickAsync(_ending.Token); round = (round + 1) % PingRounds)
        {
            for (var number = round; number < Clients.Count; number += PingRounds)
                Clients[number].Ping();
        }
    }
}
