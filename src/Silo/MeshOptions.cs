using GridMesh.Demo;
using GridMesh.Gateway.Hotline;
using GridMesh.Gateway.Open311;
using GridMesh.Gateway.Plumbing.Access;
using GridMesh.Gateway.Plumbing.Hosting;
using GridMesh.Gateway.Web;
using GridMesh.Grains.Live;
using GridMesh.Grains.Subscriptions;
using GridMesh.Silo.Hosting;
using GridMesh.Silo.Retention;
using GridMesh.Storage;

namespace GridMesh.Silo;

/// <summary>The whole configuration, read and checked once at start. Prefix <c>GridMesh</c>.</summary>
internal sealed record MeshOptions(
    StorageOptions Storage, AuthOptions Auth, OpenIdOptions OpenId, LimitOptions Limits, EndpointOptions Endpoints,
    LiveOptions Live, DemoOptions Demo, Open311Options Open311, HotlineOptions Hotline, WebhookOptions Webhooks,
    WallOptions Wall, RetentionOptions Retention, ClusterSettings Cluster)
{
    public string DataFolder => Storage.DataFolder;

    /// <summary>The options of every section, in the order in which they are told.</summary>
    public IReadOnlyList<object> All =>
        [Storage, Auth, OpenId, Limits, Endpoints, Live, Webhooks, Open311, Hotline, Wall, Retention, Demo, Cluster];

    /// <summary>Reads the configuration; every problem at once, empty when all is well.</summary>
    public static (MeshOptions Options, IReadOnlyList<string> Problems) Read(
        IConfiguration configuration, bool isDevelopment)
    {
        var reader = new SettingsReader(configuration);
        var storage = new StorageOptions();
        reader.Add(StorageSettings.Bind(configuration, storage));
        var auth = reader.Bind(AuthOptions.Section, new AuthOptions());
        var openId = reader.Bind(OpenIdOptions.Section, new OpenIdOptions());
        var limits = reader.Bind(LimitOptions.Section, new LimitOptions());
        var endpoints = reader.Bind(EndpointOptions.Section, new EndpointOptions());
        var open311 = reader.Bind(Open311Options.Section, new Open311Options());
        var hotline = reader.Bind(HotlineOptions.Section, new HotlineOptions());
        var webhooks = reader.Bind(WebhookOptions.Section, new WebhookOptions());
        webhooks.AllowPrivate ??= isDevelopment;
        var wall = reader.Bind(WallOptions.Section, new WallOptions());
        var live = reader.Bind(LiveOptions.Section, new LiveOptions());
        var demo = reader.Bind(DemoOptions.Section, new DemoOptions { Enabled = isDevelopment });
        var retention = reader.Bind(RetentionOptions.Section, new RetentionOptions());
        var cluster = reader.Bind(ClusterSettings.Section, new ClusterSettings());
        if (cluster.HasGateway)
        {
            reader.Add(auth.Problems(isDevelopment, storage.DataFolder));
            reader.Add(openId.Problems(
                auth, isDevelopment, seals: storage.Kind == StorageKind.Sqlite || storage.SecretKey is not null));
            reader.Add(endpoints.EndpointProblems(configuration, isDevelopment));
            reader.Add(isDevelopment ? [] : OfDevelopment(open311, hotline));
        }

        // The demo comes in by the API: where there are none, there is nobody to let it in.
        demo.Enabled &= cluster.Role == ClusterRole.All || configuration["GridMesh:Demo:Enabled"] is { Length: > 0 };
        reader.Add([.. limits.Problems(), .. endpoints.Problems(), .. live.Problems(), .. demo.Problems()]);
        reader.Add([.. open311.Problems(), .. hotline.Problems(), .. webhooks.Problems(), .. storage.Problems()]);
        reader.Add(retention.Problems());
        reader.Add(cluster.Problems(storage));
        if (demo.Enabled && !isDevelopment)
        {
            reader.Add([
                "GridMesh:Demo:Enabled needs ASPNETCORE_ENVIRONMENT=Development: it signs in by development tokens",
            ]);
        }
        else if (demo.Enabled && cluster.Role != ClusterRole.All)
        {
            reader.Add(["GridMesh:Demo:Enabled needs grains and endpoints in one process: GridMesh:Cluster:Role=All"]);
        }

        var options = new MeshOptions(
            storage, auth, openId, limits, endpoints, live, demo, open311, hotline, webhooks, wall, retention, cluster);
        reader.Add([.. UnknownSettings.In(configuration, options.All), .. Addresses(configuration["urls"])]);
        return (options, reader.Problems);
    }

    private static IEnumerable<string> Addresses(string? urls) =>
        (urls ?? string.Empty).Split(';', StringSplitOptions.RemoveEmptyEntries).Where(url => !IsAddress(url))
            .Select(url => $"urls has '{url}'; an address is such as http://127.0.0.1:5080");

    private static bool IsAddress(string url)
    {
        try
        {
            return BindingAddress.Parse(url) is { Port: >= 0 and <= 65_535, Scheme: "http" or "https" };
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>What everybody has who has the program.</summary>
    private static IEnumerable<string> OfDevelopment(Open311Options open311, HotlineOptions hotline)
    {
        if (open311.Keys.Any(key => key.IsKey(Open311Options.DevelopmentKey)))
            yield return $"{Open311Options.Section}:Keys has the key of Development, which everybody knows";

        if (hotline.Keys.Any(key => key.IsKey(HotlineOptions.DevelopmentKey)))
            yield return $"{HotlineOptions.Section}:Keys has the key of Development, which everybody knows";
    }
}
