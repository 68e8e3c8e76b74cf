namespace GridMesh.Load.Products;

/// <summary>
/// What a product's grains were asked so far, and what for, both by the product's own counters: what a warm-up does is
/// on either side.
/// </summary>
/// <param name="Calls">By kind of grain and method; empty where the product does not count them.</param>
internal sealed record GrainCalls(
    IReadOnlyDictionary<(string Grain, string Method), double> Calls, IReadOnlyDictionary<string, double> Work)
{
    /// <summary>Goes on with <c>grain="…",method="…"} 1</c>.</summary>
    private const string CallCount = "gridmesh_grain_calls_total{";

    /// <summary>What a product is asked to do, and the counter that tells how often it did.</summary>
    private static readonly (string Work, string Counter)[] s_work =
    [
        ("position", "gridmesh_positions_accepted_total"), ("door event", "gridmesh_sensors_accepted_total"),
        ("report", "gridmesh_command_duration_milliseconds_count{command=\"report\"}"),
        ("command, reports too", "gridmesh_command_duration_milliseconds_count"),
    ];

    public static async Task<GrainCalls> ReadAsync(MeshClient client) => Of(await client.MetricsAsync());

    public static GrainCalls Of(string metrics) => new(
        metrics.Split('\n').Where(line => line.StartsWith(CallCount, StringComparison.Ordinal))
            .Select(line => line.Split('"'))
            .ToDictionary(parts => (parts[1], parts[3]),
                parts => double.Parse(parts[4].TrimStart('}'), CultureInfo.InvariantCulture)),
        s_work.ToDictionary(kind => kind.Work, kind => Sum(metrics, kind.Counter)));

    /// <summary>Of all series of a name in the text of <c>/metrics</c>.</summary>
    public static double Sum(string metrics, string name) => metrics.Split('\n')
        .Where(line => line.StartsWith(name, StringComparison.Ordinal))
        .Sum(line => double.Parse(line.AsSpan(line.LastIndexOf(' ') + 1), CultureInfo.InvariantCulture));

    public GrainCalls Since(GrainCalls before) => new(Since(Calls, before.Calls), Since(Work, before.Work));

    /// <summary>
    /// A row for each method that was called: how often, and for each kind of work that was done how often for one of
    /// it. Where several kinds were done at once, each column counts the calls of all of them. The first row sums up
    /// the product's own; timers, streams and what silos tell each other go on with time. Null where nothing was
    /// counted.
    /// </summary>
    public ReportTable? Table(string name)
    {
        var called = Calls.Where(call => call.Value > 0).OrderByDescending(call => call.Value).ToArray();
        var done = Work.Where(kind => kind.Value > 0).ToArray();
        double[] RowOf(double calls) => [calls, .. done.Select(kind => calls / kind.Value)];
        var ours = called.Where(call => call.Key.Method.StartsWith("GridMesh.", StringComparison.Ordinal))
            .Sum(call => call.Value);
        return called.Length == 0
            ? null
            : new ReportTable(
                name, ["calls", .. done.Select(kind => $"for each {kind.Key}")],
                [RowOf(ours), .. called.Select(call => RowOf(call.Value))],
                ["all of the product", .. called.Select(
                    call => $"{call.Key.Grain}: {string.Join('.', call.Key.Method.Split('.')[^2..])}")]);
    }

    private static Dictionary<T, double> Since<T>(
        IReadOnlyDictionary<T, double> after, IReadOnlyDictionary<T, double> before)
        where T : notnull =>
        after.ToDictionary(entry => entry.Key, entry => entry.Value - before.GetValueOrDefault(entry.Key));
}
