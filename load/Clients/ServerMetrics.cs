using System.Globalization;

namespace GridMesh.Load.Clients;

/// <summary>Reads the product's own counters.</summary>
internal static class ServerMetrics
{
    private const string RequestCount = "http_server_request_duration_count";

    /// <summary>Activations of all kinds of grains on a silo of Orleans.</summary>
    private const string ActivationCount = "orleans_catalog_activations";

    /// <summary>HTTP requests that the process has answered to anybody, from the text of <c>/metrics</c>.</summary>
    public static double Requests(string metrics) => Sum(metrics, RequestCount);

    /// <summary>Grains that live on the silo, from the text of <c>/metrics</c>; zero where it has no such metric.</summary>
    public static double Activations(string metrics) => Sum(metrics, ActivationCount);

    private static double Sum(string metrics, string name) => metrics.Split('\n')
        .Where(line => line.StartsWith($"{name} ", StringComparison.Ordinal) || line.StartsWith($"{name}{{", StringComparison.Ordinal))
        .Sum(line => double.Parse(line.AsSpan(line.LastIndexOf(' ') + 1), CultureInfo.InvariantCulture));
}
