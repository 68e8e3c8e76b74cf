using GridMesh.Contracts.Storage;

namespace GridMesh.Silo.Verbs;

internal static class MigrateVerb
{
    public static Task<int> RunAsync(string[] settings) => StorageVerb.RunAsync(settings, async services =>
    {
        var applied = await services.GetRequiredService<IStorageAdmin>().MigrateAsync();
        Console.WriteLine(applied.Count == 0
            ? "Nothing to do: the database is at this program's version. 数据库已是最新。"
            : $"Applied 已应用: {string.Join(", ", applied)}");
        return 0;
    });
}
