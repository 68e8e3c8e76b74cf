using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Storage;
using GridMesh.Exchange;
using GridMesh.Exchange.Journals;
using GridMesh.Silo.Evidence;
using GridMesh.Silo.Verify;
using GridMesh.Storage;

namespace GridMesh.Silo.Verbs;

/// <summary>
/// <c>import</c> and <c>export</c>: everything is checked first, and with one problem nothing is changed.
/// </summary>
internal static class FileVerbs
{
    private const int BulkCacheMb = 1_024;

    private const int BulkCheckpointMb = 512;

    public static Task<int> ImportAsync(string[] settings, string file) =>
        StorageVerb.RunAsync(settings, services => ImportAsync(services, file), ForBulk);

    public static Task<int> ExportAsync(string[] settings, string file) =>
        StorageVerb.RunAsync(settings, services => ExportAsync(services, file));

    /// <summary>
    /// An import has the machine to itself and nobody waits for a single fact: large groups, a large cache for the
    /// indexes that grow at random places, and few checkpoints.
    /// </summary>
    private static void ForBulk(StorageOptions options)
    {
        options.JournalGroupMax = Math.Max(options.JournalGroupMax, JournalReplay.GroupMax);
        options.JournalQueueMax = Math.Max(options.JournalQueueMax, JournalReplay.InFlightMax);
        options.SqliteCacheMb = Math.Max(options.SqliteCacheMb, BulkCacheMb);
        options.SqliteCheckpointMb = Math.Max(options.SqliteCheckpointMb, BulkCheckpointMb);
    }

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

        var directory = new DirectoryView(data);
        var named = new NamedPhotos();
        var evidence = new EvidenceImport(file, named);
        try
        {
            await new JournalReplay(services.GetRequiredService<IJournal>()).CheckAsync(
                named.WatchAsync(JournalFiles.ReadPackageAsync(file)), directory);
            evidence.Check();
            if (evidence.Problems.Count > 0)
            {
                await TellAsync(evidence.Problems);
                await Console.Error.WriteLineAsync(
                    $"Nothing was imported 未导入任何内容: {evidence.Problems.Count} problems.");
                return 1;
            }

            await services.GetRequiredService<IStorageAdmin>().MigrateAsync();
            await ImportEvidenceAsync(services, evidence, progress);
            await ImportAsync(services, file, directory, progress);
            return 0;
        }
        catch (Exception e) when (e is InvalidDataException or JournalFormatException)
        {
            await Console.Error.WriteLineAsync($"The package cannot be imported 资料包无法导入: {e.Message}");
            return 1;
        }
    }

    private static async Task ImportAsync(
        IServiceProvider services, string file, DirectoryView directory, IProgress<string> progress)
    {
        var data = directory.Data;
        var version = await services.GetRequiredService<IDirectoryStore>().SaveAsync(
            data, new DirectoryOrigin("import", DirectoryOrigin.Package));
        Console.WriteLine(
            $"Directory version {version} 已导入: {data.Areas.Length} areas, {data.Buildings.Length} buildings,"
            + $" {data.Workers.Length} workers.");
        var replay = new JournalReplay(services.GetRequiredService<IJournal>());
        await replay.RunAsync(JournalFiles.ReadPackageAsync(file), directory, progress);
        Console.WriteLine($"{replay.Facts} facts 条事实已导入.");
    }

    /// <summary>Before the facts: a case never names a photo that is still to come.</summary>
    private static async Task ImportEvidenceAsync(
        IServiceProvider services, EvidenceImport evidence, IProgress<string> progress)
    {
        await evidence.RunAsync(services.GetRequiredService<IEvidenceStore>(), progress);
        if (evidence.Stored > 0)
        {
            Console.WriteLine($"{evidence.Stored} photos 张照片已导入.");
        }

        if (evidence.Unnamed > 0)
        {
            Console.WriteLine($"{evidence.Unnamed} files of evidence/ passed over, no case names them 个文件无事件引用，已忽略.");
        }

        await TellAsync(evidence.Missing);
    }

    private static async Task TellAsync(ShortList lines)
    {
        foreach (var line in lines.Lines)
        {
            await Console.Error.WriteLineAsync(line);
        }
    }

    private static async Task<int> ExportAsync(IServiceProvider services, string file)
    {
        await services.GetRequiredService<IStorageAdmin>().MigrateAsync();
        if (await services.GetRequiredService<IDirectoryStore>().LoadAsync() is not { } data)
        {
            await Console.Error.WriteLineAsync("There is no directory to export. 没有可导出的资料。");
            return 1;
        }

        var named = new NamedPhotos();
        var evidence = new EvidenceExport(services.GetRequiredService<IEvidenceStore>(), named);
        await DirectoryFiles.WriteAsync(
            data, named.WatchAsync(services.GetRequiredService<IJournal>().ReadAllAsync()), evidence.ReadAsync(), file);
        await TellAsync(evidence.Warnings);
        Console.WriteLine(
            $"{file}: {data.Areas.Length} areas, {data.Buildings.Length} buildings, {data.Workers.Length} workers,"
            + $" {evidence.Photos} photos 张照片.");
        return 0;
    }
}
