using GridMesh.Contracts.Storage;
using GridMesh.Silo.Verify;

namespace GridMesh.Silo.Verbs;

/// <summary><c>anchor</c>: notes where the chains end in a file that is kept elsewhere.</summary>
internal static class AnchorVerb
{
    public static Task<int> RunAsync(string[] settings, string file, string? key) =>
        StorageVerb.RunAsync(settings, async services =>
        {
            var ends = await services.GetRequiredService<IJournal>().ReadChainEndsAsync();
            var keyFile = Anchor.KeyFileOf(file, key);
            Anchor.Of(services.GetRequiredService<TimeProvider>().GetUtcNow(), ends, Anchor.KeyOf(keyFile, make: true))
                .Write(file);
            foreach (var end in ends)
                Console.WriteLine(Said(end));

            Console.WriteLine(
                $"{file}: {ends.Count} chains 条链, key 密钥 {keyFile}. Keep both where the database's administrators do not"
                + " reach. 请将二者存放在数据库管理员无法触及之处。");
            return 0;
        }, isReader: true);

    public static string Said(ChainEnd end) =>
        $"chain 链 {end.District}/{end.Writer}: link {end.Link}, {end.Hash}, {end.At:u}";
}
