using System.Text.Json;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Json;
using GridMesh.Contracts.Storage;
using GridMesh.Silo.Evidence;
using GridMesh.Silo.Verify;

namespace GridMesh.Silo.Verbs;

/// <summary>What <c>verify</c> found, as <c>--json</c> prints it.</summary>
/// <param name="Workers">Workers whose shifts were compared.</param>
/// <param name="Checkpoints">Checkpoints of rounds that are done or missed.</param>
/// <param name="Watches">Watches over households.</param>
/// <param name="Snapshots">Snapshots of patrols, watches, visits and services that were compared.</param>
/// <param name="Photos">Photos whose content is what their cases name.</param>
/// <param name="PhotosMissing">Photos that a case names and that are not there.</param>
/// <param name="Chains">Where the chains end: what is older than was noted elsewhere is an older copy.</param>
internal sealed record Verification(
    bool IsClean, long Facts, long Cases, long Open, long Workers, long Checkpoints, long Watches, long Snapshots,
    long IndexRows, long IndexWaiting, long Photos, long PhotosMissing,
    IReadOnlyList<ChainEnd> Chains, IReadOnlyList<string> Differences);

internal static class VerifyVerb
{
    /// <param name="asJson">The result is one line of JSON, for programs; otherwise sentences.</param>
    /// <param name="anchor">File of what <c>anchor</c> noted; null: nothing is compared with.</param>
    public static Task<int> RunAsync(string[] settings, bool asJson, string? anchor, string? key) =>
        StorageVerb.RunAsync(settings, services => RunAsync(services, asJson, anchor, key), isReader: true);

    private static async Task<int> RunAsync(IServiceProvider services, bool asJson, string? anchor, string? key)
    {
        var admin = services.GetRequiredService<IStorageAdmin>();
        var found = await admin.DatabaseVersionAsync();
        if (found != admin.ProgramVersion)
        {
            await Console.Error.WriteLineAsync(
                $"The database is at version {found}, this program at {admin.ProgramVersion}:"
                + " run 'migrate' first. 请先运行 migrate。");
            return 1;
        }

        var noted = anchor is null
            ? null
            : Anchor.Read(anchor, Anchor.KeyOf(Anchor.KeyFileOf(anchor, key), make: false)).Ends;
        var result = await VerifyAsync(services, noted);
        if (asJson)
            Console.WriteLine(JsonSerializer.Serialize(result, MeshJson.Options));
        else
            await TellAsync(result);

        return result.IsClean ? 0 : 1;
    }

    private static async Task<Verification> VerifyAsync(IServiceProvider services, IReadOnlyList<ChainEnd>? noted)
    {
        var journal = services.GetRequiredService<IJournal>();
        var differences = new List<string>(await journal.VerifyChainAsync(noted: noted));
        var data = await services.GetRequiredService<IDirectoryStore>().LoadAsync();
        var named = new NamedPhotos();
        var recount = new Recount(
            named.WatchAsync(journal.ReadAllAsync()), services.GetRequiredService<ICaseIndex>(),
            services.GetRequiredService<IStateTable>(), services.GetRequiredService<TimeProvider>());
        differences.AddRange(await recount.RunAsync(data is null ? DirectoryView.Empty : new DirectoryView(data)));
        var indices = new KpiRecount(
            services.GetRequiredService<IKpiStore>(), services.GetRequiredService<TimeProvider>());

        // The result is all of the output; how far it is goes beside it.
        differences.AddRange(await indices.RunAsync(new Progress<string>(Console.Error.WriteLine)));
        var (photos, missing) = await PhotosAsync(named, services.GetRequiredService<IEvidenceStore>(), differences);
        return new Verification(
            differences.Count == 0, recount.Facts, recount.Cases, recount.Open, recount.Workers, recount.Checkpoints,
            recount.Watches, recount.Snapshots, indices.Rows, indices.Waiting, photos, missing,
            await journal.ReadChainEndsAsync(), differences);
    }

    /// <summary>
    /// Each photo that a case names has to be what its name is the hash of. One that is not there is told: an import
    /// may have come without it.
    /// </summary>
    private static async Task<(long Same, long Missing)> PhotosAsync(
        NamedPhotos named, IEvidenceStore store, List<string> differences)
    {
        var (same, missing) = (0L, 0L);
        foreach (var (hash, incident) in named.Cases)
        {
            if (await store.FindAsync(hash, thumbnail: false) is not { } found)
                missing++;
            else if (Photo.HashOf(found.Bytes) == hash)
                same++;
            else
                differences.Add($"photo {hash} of case {incident} is not what its case names 照片与记录不符");
        }

        return (same, missing);
    }

    private static async Task TellAsync(Verification result)
    {
        foreach (var difference in result.Differences)
            await Console.Error.WriteLineAsync($"  - {difference}");

        Console.WriteLine(
            $"{(result.IsClean ? "clean 一致" : $"{result.Differences.Count} differences 不一致")}: "
            + $"{result.Facts} facts, {result.Cases} cases, {result.Open} open");
        Console.WriteLine(
            $"beside cases 其他: {result.Workers} workers 人员, {result.Checkpoints} checkpoints 打卡点,"
            + $" {result.Watches} watches 关爱, {result.Snapshots} snapshots 快照");
        Console.WriteLine(
            $"indices 考核指标: {result.IndexRows} rows compared 行已核对,"
            + $" {result.IndexWaiting} facts not in them yet 条事实尚未计入");
        Console.WriteLine($"photos 照片: {result.Photos} are what their cases name 与记录一致,"
            + $" {result.PhotosMissing} are not there 缺失");
        foreach (var end in result.Chains)
            Console.WriteLine(AnchorVerb.Said(end));
    }
}
