namespace GridMesh.Gateway.Plumbing.Hosting;

/// <summary>Who reads <c>/metrics</c>.</summary>
public enum MetricsReaders
{
    /// <summary>Whoever asks from this machine or a private network, and through no proxy.</summary>
    Private,

    Everybody,

    Nobody,
}

internal static class MetricsAccess
{
    /// <summary>A proxy says whom it asks for; the first it asks for is not who asks here.</summary>
    private static readonly string[] s_relayed = ["X-Forwarded-For", "Forwarded", "X-Real-IP"];

    public static bool IsOpen(MetricsReaders readers, HttpContext context) => readers switch
    {
        MetricsReaders.Everybody => true,
        MetricsReaders.Private => context.Connection.RemoteIpAddress is not { } address
            || (!PublicAddress.Is(address) && !s_relayed.Any(context.Request.Headers.ContainsKey)),
        _ => false,
    };
}
