namespace GridMesh.Gateway.Open311;

/// <summary>Where the service is and what it speaks.</summary>
internal static class DiscoveryDocument
{
    /// <summary>When what this service speaks was last changed.</summary>
    private const string Changeset = "2026-11-25T00:00:00+08:00";

    public static Document Of(HttpContext context, Open311Options options, bool isDevelopment)
    {
        var url = options.PublicUrl?.ToString().TrimEnd('/')
            ?? $"{context.Request.Scheme}://{context.Request.Host}{context.Request.PathBase}";
        return new Document("discovery", new Fields(
            ("changeset", Changeset),
            ("contact", options.Contact),
            ("key_service", options.KeyService),
            ("endpoints", new Listing("endpoint",
            [
                new Fields(
                    ("specification", "http://wiki.open311.org/GeoReport_v2"),
                    ("url", $"{url}{Open311Endpoints.Root}"),
                    ("changeset", Changeset),
                    ("type", isDevelopment ? "test" : "production"),
                    ("formats", new Listing("format", ["text/xml", "application/json"]))),
            ]))));
    }
}
