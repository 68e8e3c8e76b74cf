namespace GridMesh.Load.Cluster;

/// <summary>
/// One report in every grid of a district, alternately by every gateway: when all are acknowledged, every grid answers,
/// and when a wall counts them all, every grid is heard of all the way up.
/// </summary>
internal sealed class Sweep(Doors doors, District district, Crew crew, string keyPrefix)
{
    /// <summary>
    /// Most reports at once: all of them, or those that wait for a silo that is gone would hold up the others.
    /// </summary>
    private const int AtOnceMax = 512;
    private readonly ConcurrentDictionary<string, string> _cases = new();

    /// <summary>What was acknowledged, a ledger for each grid.</summary>
    public IReadOnlyList<Ledger> Ledgers { get; } = [.. district.Grids.Select(_ => new Ledger())];

    /// <summary>Grids that did not acknowledge their report.</summary>
    public int Missing => district.Grids.Count - _cases.Count;

    public string? CaseOf(string grid) => _cases.GetValueOrDefault(grid);

    public Task RunAsync(CancellationToken cancellation) => Parallel.ForEachAsync(
        Enumerable.Range(0, district.Grids.Count),
        new ParallelOptions { MaxDegreeOfParallelism = AtOnceMax, CancellationToken = cancellation },
        async (number, stop) =>
        {
            var (grid, key) = (district.Grids[number].Code, $"{keyPrefix}-{number}");
            var body = new { category = district.Categories[number % district.Categories.Count].Code,
                description = SentCommand.DescriptionOf(key), grid };
            var command = new SentCommand("incidents", crew.Dispatcher, body, key, "IncidentReported", null);
            if (await doors.SendAsync(command, Ledgers[number], stop) is { } id)
                _cases[grid] = id;
        });
}
