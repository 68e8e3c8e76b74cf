using System.Globalization;

namespace GridMesh.Load.Clients;

/// <summary>Reads the product's own counters.</summary>
internal static class ServerMetrics
{
    private const string RequestCount = "http_server_request_duration_count";

    /// <summary>Grids on a silo of Orleans. They are never idle, so they move at once; other kinds move as they are used.</summary>
    private const string GridCount = "orleans_catalog_activations{grain_type=\"grid\"}";

    /// <summary>HTTP requests that the process has answered to anybody, from the text of <c>/metrics</c>.</summary>
    public static double Requests(string metrics) => Sum(metrics, RequestCount);

    /// <summary>Grids that live on the silo, from the text of <c>/metrics</c>; zero where it has no such metric.</summary>
    public static double Grids(string metrics) => Sum(metrics, GridCount);

    /// <summary>Of all series of a name.</summary>
    public static double Sum(string metrics, string name) => metrics.Split('\n')
        .Where(line => line.StartsWith(name, StringComparison.Ordinal))
        .Sum(line => double.Parse(line.AsSpan(line.LastIndexOf(' ') + 1), CultureInfo.InvariantCulture));
}
