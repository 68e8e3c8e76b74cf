using GridMesh.Contracts.Storage;
using GridMesh.Storage;

namespace GridMesh.Silo.Verbs;

/// <summary>Runs a verb that needs the storage and nothing else.</summary>
internal static class StorageVerb
{
    public static async Task<int> RunAsync(string[] settings, Func<IServiceProvider, Task<int>> run)
    {
        var builder = MeshBuilder.Create(settings);
        var (_, all) = MeshOptions.Read(builder.Configuration, isDevelopment: true);
        var problems = all.Where(problem => problem.Contains("Storage", StringComparison.Ordinal)).ToList();
        if (problems.Count > 0)
        {
            await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, problems));
            return 2;
        }

        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddSimpleConsole(console => console.SingleLine = true)
            .SetMinimumLevel(LogLevel.Warning));
        services.AddSingleton(TimeProvider.System);
        services.AddMeshStorage(storage => MeshOptions.BindStorage(builder.Configuration, storage));
        await using var provider = services.BuildServiceProvider();
        try
        {
            return await run(provider);
        }
        catch (Exception e) when (e is StorageUnavailableException or StorageUnusableException
            or DatabaseTooNewException or IOException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }
}
