namespace GridMesh.Load.Cluster;

/// <summary>One report in every grid by every gateway in turn: all of them answer, and are heard of.</summary>
internal sealed class Sweep(Gateways calls, Crew crew, string keyPrefix)
{
    /// <summary>All at once, or those that wait for a silo that is gone would hold up the others.</summary>
    private const int AtOnceMax = 512;
    private readonly ConcurrentDictionary<string, string> _cases = new();

    /// <summary>What was acknowledged, a ledger for each grid.</summary>
    public IReadOnlyList<Ledger> Ledgers { get; } = [.. crew.District.Grids.Select(_ => new Ledger())];

    public int Missing => crew.District.Grids.Count - _cases.Count;

    public string? CaseOf(string grid) => _cases.GetValueOrDefault(grid);

    public Task RunAsync(CancellationToken cancellation) => Parallel.ForEachAsync(
        Enumerable.Range(0, crew.District.Grids.Count),
        new ParallelOptions { MaxDegreeOfParallelism = AtOnceMax, CancellationToken = cancellation },
        async (number, stop) =>
        {
            var (grid, key) = (crew.District.Grids[number].Code, $"{keyPrefix}-{number}");
            var body = new { category = crew.District.Categories[number % crew.District.Categories.Count].Code,
                description = SentCommand.DescriptionOf(key), grid };
            var command = new SentCommand("incidents", crew.Dispatcher, body, key, "IncidentReported", null);
            if (await calls.SendAsync(command, Ledgers[number], stop) is { } id)
                _cases[grid] = id;
        });
}
