using GridMesh.Demo;
using GridMesh.Gateway.Access;
using GridMesh.Grains.Live;
using GridMesh.Storage;

namespace GridMesh.Silo;

/// <summary>The whole configuration, read and checked once at start. Prefix <c>GridMesh</c>.</summary>
internal sealed record MeshOptions(
    string DataFolder, StorageOptions Storage, AuthOptions Auth, LimitOptions Limits, LiveOptions Live,
    DemoOptions Demo)
{
    private const string DefaultDataFolder = "data";

    /// <summary>Reads the configuration; every problem at once, empty when all is well.</summary>
    public static (MeshOptions Options, IReadOnlyList<string> Problems) Read(
        IConfiguration configuration, bool isDevelopment)
    {
        var problems = new List<string>();
        var storage = new StorageOptions();
        problems.AddRange(BindStorage(configuration, storage));
        T Bind<T>(string section, T value)
            where T : class
        {
            try
            {
                configuration.GetSection(section).Bind(value);
            }
            catch (InvalidOperationException e)
            {
                problems.Add($"{section}: {e.InnerException?.Message ?? e.Message}");
            }

            return value;
        }

        var auth = Bind(AuthOptions.Section, new AuthOptions());
        var limits = Bind(LimitOptions.Section, new LimitOptions());
        var live = Bind(LiveOptions.Section, new LiveOptions());
        var demo = Bind("GridMesh:Demo", new DemoOptions { Enabled = isDevelopment });
        problems.AddRange(auth.Problems(isDevelopment));
        problems.AddRange(limits.Problems());
        problems.AddRange(live.Problems());
        problems.AddRange(demo.Problems());
        problems.AddRange(storage.Problems());
        if (demo.Enabled && !isDevelopment)
        {
            problems.Add(
                "GridMesh:Demo:Enabled needs ASPNETCORE_ENVIRONMENT=Development: it signs in by development tokens");
        }

        return (new MeshOptions(storage.DataFolder, storage, auth, limits, live, demo), problems);
    }

    /// <summary>Fills the storage's options from the configuration; answers what could not be read.</summary>
    public static IReadOnlyList<string> BindStorage(IConfiguration configuration, StorageOptions storage)
    {
        var problems = new List<string>();
        try
        {
            configuration.GetSection("GridMesh:StorageTuning").Bind(storage);
        }
        catch (InvalidOperationException e)
        {
            problems.Add($"GridMesh:StorageTuning: {e.InnerException?.Message ?? e.Message}");
        }

        storage.DataFolder = Path.GetFullPath(configuration["GridMesh:Data"] ?? DefaultDataFolder);
        storage.ConnectionString = configuration.GetConnectionString("GridMesh") ?? storage.ConnectionString;
        if (configuration["GridMesh:Storage"] is { Length: > 0 } kind)
        {
            if (Enum.TryParse<StorageKind>(kind, ignoreCase: true, out var parsed) && !char.IsAsciiDigit(kind[0]))
            {
                storage.Kind = parsed;
            }
            else
            {
                problems.Add($"GridMesh:Storage is '{kind}'; it has to be Sqlite or Postgres");
            }
        }

        return problems;
    }
}
