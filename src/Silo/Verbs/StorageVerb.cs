using GridMesh.Contracts.Storage;
using GridMesh.Gateway.Plumbing.Hosting;
using GridMesh.Storage;

namespace GridMesh.Silo.Verbs;

/// <summary>Runs a verb that needs the storage and nothing else.</summary>
internal static class StorageVerb
{
    /// <param name="tune">Fits what was configured to the verb.</param>
    /// <param name="isReader">It looks at a database that is there, and makes none.</param>
    /// <param name="more">What else the verb needs; it runs beside a process that serves.</param>
    public static async Task<int> RunAsync(
        string[] settings, Func<IServiceProvider, Task<int>> run, Action<StorageOptions>? tune = null,
        bool isReader = false, Action<IServiceCollection>? more = null)
    {
        var builder = MeshBuilder.Create(settings);
        var storage = new StorageOptions();
        string[] problems = [.. StorageSettings.Bind(builder.Configuration, storage), .. storage.Problems()];
        if (problems.Length > 0)
        {
            await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, problems));
            return 2;
        }

        if (isReader && storage.Kind == StorageKind.Sqlite && !Directory.Exists(storage.DataFolder))
        {
            await Console.Error.WriteLineAsync(
                $"There is no database in {storage.DataFolder}; --data says where one is. 该处没有数据库。");
            return 1;
        }

        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddSimpleConsole(console => console.SingleLine = true)
            .SetMinimumLevel(LogLevel.Warning));
        services.AddSingleton(TimeProvider.System);
        services.AddMeshStorage(options =>
        {
            StorageSettings.Bind(builder.Configuration, options);
            tune?.Invoke(options);
        }, beside: more is not null);
        more?.Invoke(services);
        await using var provider = services.BuildServiceProvider();
        return await Serving.GuardAsync(() => run(provider));
    }
}
