using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Storage;
using GridMesh.Exchange.Journals;
using GridMesh.Exchange;
using GridMesh.Silo.Evidence;
using GridMesh.Silo.Import;
using GridMesh.Silo.Verify;
using GridMesh.Storage;

namespace GridMesh.Silo.Verbs;

/// <summary>
/// <c>import</c>: everything is checked first, the package by itself and against this database, and with one problem
/// nothing is changed. Photos come first, then facts, and the directory last: a case never names what is still to come,
/// and an import that broke off is run again.
/// </summary>
internal sealed class ImportVerb(IServiceProvider services, string file, bool isDry)
{
    private const int BulkCacheMb = 1_024;

    private const int BulkCheckpointMb = 512;

    private readonly IJournal _journal = services.GetRequiredService<IJournal>();
    private readonly Progress<string> _progress = new(Console.WriteLine);

    public static Task<int> RunAsync(string[] settings, string file, bool isDry) => StorageVerb.RunAsync(
        settings, services => new ImportVerb(services, file, isDry).RunAsync(), ForBulk);

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

    private async Task<int> RunAsync()
    {
        var result = DirectoryFiles.Read(file, _progress);
        if (result.Data is not { } data)
            return await RefuseAsync(result.Problems.Select(problem => problem.ToString()), result.Problems.Count);

        await TellAsync(result.Problems.Select(problem => problem.ToString()));
        var directory = new DirectoryView(data);
        var named = new NamedPhotos();
        var evidence = new EvidenceImport(file, named);
        try
        {
            await services.GetRequiredService<IStorageAdmin>().MigrateAsync();
            var plan = await PlanAsync(directory, named);
            evidence.Check();
            string[] problems = [.. evidence.Problems.Lines, .. plan.Problems];
            if (problems.Length > 0)
                return await RefuseAsync(problems, evidence.Problems.Count + plan.Problems.Count());

            foreach (var line in plan.Differences)
                Console.WriteLine(line);

            Console.WriteLine($"facts 事实: {plan.FactsNew} new 新增, {plan.FactsKnown} here already 已有");
            if (isDry)
            {
                Console.WriteLine("Nothing was changed 未做任何更改 (--dry-run).");
                return 0;
            }

            await ImportEvidenceAsync(evidence);
            await ImportAsync(directory);
            return 0;
        }
        catch (Exception e) when (e is InvalidDataException or JournalFormatException)
        {
            await Console.Error.WriteLineAsync($"The package cannot be imported 资料包无法导入: {e.Message}");
            return 1;
        }
    }

    /// <summary>Reads all of the package and all of the database, and writes nothing.</summary>
    /// <exception cref="InvalidDataException">The facts do not follow each other, or other ones are here.</exception>
    private async Task<ImportPlan> PlanAsync(DirectoryView directory, NamedPhotos named)
    {
        var stored = await services.GetRequiredService<IDirectoryStore>().LoadAsync();
        var plan = new ImportPlan(directory, stored is null ? null : new DirectoryView(stored));
        var local = await LocalFacts.ReadAsync(_journal);
        var replay = new JournalReplay(_journal);
        await replay.CheckAsync(
            named.WatchAsync(JournalFiles.ReadPackageAsync(file)), directory, record => plan.Count(local.Has(record)));
        foreach (var state in replay.Cases)
            plan.Look(state);

        await foreach (var row in services.GetRequiredService<ICaseIndex>().ReadAllCasesAsync())
        {
            if (!replay.HasCase(row.Number))
                plan.Look(row);
        }

        return plan;
    }

    private async Task ImportAsync(DirectoryView directory)
    {
        var replay = new JournalReplay(_journal);
        await replay.RunAsync(JournalFiles.ReadPackageAsync(file), directory, _progress);
        Console.WriteLine($"{replay.Facts} facts 条事实已导入.");
        var data = directory.Data;
        var version = await services.GetRequiredService<IDirectoryStore>().SaveAsync(
            data, new DirectoryOrigin("import", DirectoryOrigin.Package));
        Console.WriteLine(
            $"Directory version {version} 已导入: {data.Areas.Length} areas, {data.Buildings.Length} buildings,"
            + $" {data.Workers.Length} workers.");
    }

    private async Task ImportEvidenceAsync(EvidenceImport evidence)
    {
        await evidence.RunAsync(services.GetRequiredService<IEvidenceStore>(), _progress);
        if (evidence.Stored > 0)
            Console.WriteLine($"{evidence.Stored} photos 张照片已导入.");

        if (evidence.Unnamed > 0)
            Console.WriteLine($"{evidence.Unnamed} files of evidence/ passed over, no case names them 个文件无事件引用，已忽略.");

        await TellAsync(evidence.Missing.Lines);
    }

    private static async Task<int> RefuseAsync(IEnumerable<string> problems, int count)
    {
        await TellAsync(problems);
        await Console.Error.WriteLineAsync($"Nothing was imported 未导入任何内容: {count} problems.");
        return 1;
    }

    private static async Task TellAsync(IEnumerable<string> lines)
    {
        foreach (var line in lines)
            await Console.Error.WriteLineAsync(line);
    }
}
