using GridMesh.Contracts.Storage;
using GridMesh.Storage.Databases;

namespace GridMesh.Storage.Accounts;

/// <summary>A few rows; the number of each is how many there were before it.</summary>
internal sealed class KeyRing(Database database, SecretBox box) : IKeyRing
{
    private const string Owner = "key ring";

    public async ValueTask<IReadOnlyList<string>> ListAsync(CancellationToken cancellation = default) =>
        await database.ListAsync(
            "SELECT body FROM key_ring ORDER BY number", row => box.Open(Owner, row.GetString(0)), cancellation);

    public async ValueTask<bool> AddAsync(string key, int known, CancellationToken cancellation = default)
    {
        StorableText.Check(key);
        var added = 0;
        await database.WriteAsync(
            connection => added = connection.Run(
                "INSERT INTO key_ring (number, body) VALUES (@number, @body) ON CONFLICT (number) DO NOTHING",
                ("number", known), ("body", box.Seal(Owner, key))),
            cancellation);
        return added > 0;
    }
}
