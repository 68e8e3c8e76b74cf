using GridMesh.Gateway.Access;
using GridMesh.Gateway.Hotline;
using GridMesh.Gateway.Open311;
using GridMesh.Storage;

namespace GridMesh.Gateway.Hosting.Cluster;

/// <summary>The configuration of a gateway alone, read and checked once at start.</summary>
internal sealed record GatewayOptions(
    StorageOptions Storage, AuthOptions Auth, DoorOptions Doors, ClusterSettings Cluster)
{
    /// <summary>Reads the configuration; every problem at once, empty when all is well.</summary>
    public static (GatewayOptions Options, IReadOnlyList<string> Problems) Read(
        IConfiguration configuration, bool isDevelopment)
    {
        var reader = new SettingsReader(configuration);
        var storage = new StorageOptions();
        reader.Add(StorageSettings.Bind(configuration, storage));
        var auth = reader.Bind(AuthOptions.Section, new AuthOptions());
        var limits = reader.Bind(LimitOptions.Section, new LimitOptions());
        var doors = reader.Bind(DoorOptions.Section, new DoorOptions());
        reader.Add([.. auth.Problems(isDevelopment), .. limits.Problems(), .. doors.Problems()]);
        reader.Add(reader.Bind(Open311Options.Section, new Open311Options()).Problems());
        reader.Add(reader.Bind(HotlineOptions.Section, new HotlineOptions()).Problems());
        reader.Add([.. storage.Problems(), .. ClusterSettings.Problems(storage)]);
        reader.Add(ClusterSettings.Problems(configuration));
        return (new GatewayOptions(storage, auth, doors, ClusterSettings.Read(configuration)), reader.Problems);
    }
}
