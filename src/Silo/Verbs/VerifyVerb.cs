using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Kpis;
using GridMesh.Contracts.Storage;
using GridMesh.Silo.Verify;

namespace GridMesh.Silo.Verbs;

internal static class VerifyVerb
{
    public static Task<int> RunAsync(string[] settings) => StorageVerb.RunAsync(settings, async services =>
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

        var journal = services.GetRequiredService<IJournal>();
        var differences = new List<string>(await journal.VerifyChainAsync());
        var data = await services.GetRequiredService<IDirectoryStore>().LoadAsync();
        var recount = new Recount(
            journal, services.GetRequiredService<ICaseIndex>(), services.GetRequiredService<TimeProvider>());
        differences.AddRange(await recount.RunAsync(data is null ? DirectoryView.Empty : new DirectoryView(data)));
        var indices = new KpiRecount(
            services.GetRequiredService<IKpiStore>(), services.GetRequiredService<TimeProvider>());
        // The verdict stands first in the output, whoever reads it: how far it is goes beside it.
        differences.AddRange(await indices.RunAsync(new Progress<string>(Console.Error.WriteLine)));
        foreach (var difference in differences)
        {
            await Console.Error.WriteLineAsync($"  - {difference}");
        }

        Console.WriteLine(
            $"{(differences.Count == 0 ? "clean 一致" : $"{differences.Count} differences 不一致")}: "
            + $"{recount.Facts} facts, {recount.Cases} cases, {recount.Open} open");
        Console.WriteLine(
            $"indices 考核指标: {indices.Rows} rows compared 行已核对, {indices.Waiting} facts not in them yet 条事实尚未计入");
        return differences.Count == 0 ? 0 : 1;
    });
}
