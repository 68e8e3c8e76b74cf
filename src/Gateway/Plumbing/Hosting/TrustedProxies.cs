using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace GridMesh.Gateway.Plumbing.Hosting;

/// <summary>
/// Who calls, where a proxy stands in between: it says so in <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c>, and
/// from nobody else is that believed.
/// </summary>
internal static class TrustedProxies
{
    private const char Separator = ',';

    /// <summary>First of all: limits, logs and cookies go by the address and the scheme.</summary>
    public static void UseTrustedProxies(this IApplicationBuilder app, EndpointOptions endpoints)
    {
        if (Parse(endpoints.TrustedProxies, out var networks) is not null || networks.Count == 0)
            return;

        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,

            // As many proxies as are trusted, one behind the other; the first that is not is who calls.
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        networks.ForEach(options.KnownIPNetworks.Add);
        app.UseForwardedHeaders(options);
    }

    /// <summary>What is wrong with addresses and endpoints; every problem at once.</summary>
    public static IEnumerable<string> Problems(
        EndpointOptions endpoints, IConfiguration configuration, bool isDevelopment)
    {
        const string Setting = $"{EndpointOptions.Section}:{nameof(EndpointOptions.TrustedProxies)}";
        var wrong = Parse(endpoints.TrustedProxies, out var networks);
        if (wrong is not null)
            yield return $"{Setting} names '{wrong}', which is neither an address nor a network such as 10.0.0.0/8";
        else if (networks.Exists(network => network.PrefixLength == 0))
            yield return $"{Setting} names everybody: whoever calls could say that he is somebody else";

        if (string.Equals(configuration["FORWARDEDHEADERS_ENABLED"], "true", StringComparison.OrdinalIgnoreCase))
            yield return $"ASPNETCORE_FORWARDEDHEADERS_ENABLED believes whoever calls: leave it out and set {Setting}";

        if (!isDevelopment && networks.Count == 0 && PlainEndpoint(configuration) is { } plain)
        {
            yield return $"{plain} is plain http beyond this machine, where tokens are read on the way: put a proxy"
                + $" with TLS in front and name it in {Setting}, or listen on https or 127.0.0.1";
        }
    }

    private static string? PlainEndpoint(IConfiguration configuration) =>
        (configuration["urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Concat(configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(one => one["Url"] ?? ""))
        .FirstOrDefault(url => url.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            && !url.StartsWith("http://unix:", StringComparison.OrdinalIgnoreCase)
            && !(Uri.TryCreate(url, UriKind.Absolute, out var address) && address.IsLoopback));

    /// <summary>The part that cannot be read; null when all is well.</summary>
    private static string? Parse(string? text, out List<IPNetwork> networks)
    {
        networks = [];
        foreach (var part in (text ?? "").Split(
            Separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (IPNetwork.TryParse(part, out var network))
                networks.Add(network);
            else if (IPAddress.TryParse(part, out var address))
                networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            else
                return part;
        }

        return null;
    }
}
