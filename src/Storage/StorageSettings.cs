using GridMesh.Contracts.Json;
using Microsoft.Extensions.Configuration;

namespace GridMesh.Storage;

/// <summary>Where the storage's options stand in the configuration.</summary>
public static class StorageSettings
{
    /// <summary>Fills the storage's options from the configuration; answers what could not be read.</summary>
    public static IReadOnlyList<string> Bind(IConfiguration configuration, StorageOptions storage)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(storage);
        var problems = new List<string>();
        try
        {
            configuration.GetSection(StorageOptions.Section).Bind(storage);
        }
        catch (InvalidOperationException e)
        {
            problems.Add($"{StorageOptions.Section}: {e.InnerException?.Message ?? e.Message}");
        }

        storage.DataFolder = Path.GetFullPath(configuration["GridMesh:Data"] ?? storage.DataFolder);
        storage.SecretKey = configuration["GridMesh:SecretKey"];
        storage.Secrets = configuration["GridMesh:Secrets"];
        storage.ConnectionString = configuration.GetConnectionString("GridMesh") ?? storage.ConnectionString;
        if (configuration["GridMesh:Storage"] is { Length: > 0 } kind)
        {
            if (EnumName.TryParse<StorageKind>(kind, out var parsed, ignoreCase: true))
                storage.Kind = parsed;
            else
                problems.Add($"GridMesh:Storage is '{kind}'; it has to be Sqlite or Postgres");
        }

        return problems;
    }
}
