using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Storage;
using GridMesh.Exchange;
using GridMesh.Silo.Evidence;

namespace GridMesh.Silo.Verbs;

/// <summary><c>export</c>: the directory, the journal and the photos that its cases name.</summary>
internal static class ExportVerb
{
    public static Task<int> RunAsync(string[] settings, string file) =>
        StorageVerb.RunAsync(settings, services => ExportAsync(services, file), isReader: true);

    private static async Task TellAsync(ShortList lines)
    {
        foreach (var line in lines.Lines)
            await Console.Error.WriteLineAsync(line);
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
