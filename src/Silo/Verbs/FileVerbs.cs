using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Storage;
using GridMesh.Exchange;
using GridMesh.Exchange.Journals;
using GridMesh.Silo.Verify;

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
        return await ReplayAsync(services.GetRequiredService<IJournal>(), file, new DirectoryView(data), progress);
    }

    /// <summary>The journal of the package, if it has one.</summary>
    private static async Task<int> ReplayAsync(
        IJournal journal, string file, DirectoryView directory, IProgress<string> progress)
    {
        var replay = new JournalReplay(journal);
        try
        {
            await replay.RunAsync(JournalFiles.ReadPackageAsync(file), directory, progress);
        }
        catch (Exception e) when (e is InvalidDataException or JournalFormatException)
        {
            await Console.Error.WriteLineAsync($"The journal was not imported whole 事实未完整导入: {e.Message}");
            return 1;
        }

        Console.WriteLine($"{replay.Facts} facts 条事实已导入.");
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

        await DirectoryFiles.WriteAsync(data, services.GetRequiredService<IJournal>().ReadAllAsync(), file);
        Console.WriteLine(
            $"{file}: {data.Areas.Length} areas, {data.Buildings.Length} buildings, {data.Workers.Length} workers.");
        return 0;
    }
}
