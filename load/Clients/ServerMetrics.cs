using System.Globalization;

namespace GridMesh.Load.Clients;

/// <summary>Reads the product's own counters.</summary>
internal static class ServerMetrics
{
    private const string RequestCount = "http_server_request_duration_count";

    /// <summary>HTTP requests that the process has answered to anybody, from the text of <c>/metrics</c>.</summary>
    public static double Requests(string metrics) => metrics.Split('\n')
        .Where(line => line.StartsWith(RequestCount, StringComparison.Ordinal))
        .Sum(line => double.Parse(line.AsSpan(line.LastIndexOf(' ') + 1), CultureInfo.InvariantCulture));
}
