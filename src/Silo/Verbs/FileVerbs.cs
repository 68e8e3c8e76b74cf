using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Storage;
using GridMesh.Exchange;

namespace GridMesh.Silo.Verbs;

/// <summary>
/// <c>import</c> and <c>export</c>: everything is checked first, and with one problem nothing is changed.
/// </summary>
internal static class FileVerbs
{
    public static Task<int> ImportAsync(string[] settings, string file) =>
        StorageVerb.RunAsync(settings, services => ImportAsync(services, file));

    public static Task<int> ExportAsync(string[] settings, string file) =>
        StorageVerb.RunAsync(settings, services => ExportAsync(services, file));

    private static async Task<int> ImportAsync(IServiceProvider services, string file)
    {
        var progress = new Progress<string>(Console.WriteLine);
        var result = DirectoryFiles.Read(file, progress);
        foreach (var problem in result.Problems)
        {
            await Console.Error.WriteLineAsync(problem.ToString());
        }

        if (result.Data is not { } data)
        {
            await Console.Error.WriteLineAsync($"Nothing was imported 未导入任何内容: {result.Problems.Count} problems.");
            return 1;
        }

        await services.GetRequiredService<IStorageAdmin>().MigrateAsync();
        var version = await services.GetRequiredService<IDirectoryStore>().SaveAsync(data);
        Console.WriteLine(
            $"Directory version {version} 已导入: {data.Areas.Length} areas, {data.Buildings.Length} buildings,"
            + $" {data.Workers.Length} workers.");
        return 0;
    }

    private static async Task<int> ExportAsync(IServiceProvider services, string file)
    {
        await services.GetRequiredService<IStorageAdmin>().MigrateAsync();
        if (await services.GetRequiredService<IDirectoryStore>().LoadAsync() is not { } data)
        {
            await Console.Error.WriteLineAsync("There is no directory to export. 没有可导出的资料。");
            return 1;
        }

        DirectoryFiles.Write(data, file);
        Console.WriteLine(
            $"{file}: {data.Areas.Length} areas, {data.Buildings.Length} buildings, {data.Workers.Length} workers.");
        return 0;
    }
}
