using GridMesh.Contracts.Storage;
using GridMesh.Storage.Commits;
using GridMesh.Storage.Databases;

namespace GridMesh.Storage.Grains;

/// <summary>Grain state with optimistic concurrency; writes are committed in groups.</summary>
internal sealed class StateTable(Database database, GroupCommitter committer) : IStateTable
{
    public async ValueTask<StateRow?> ReadAsync(
        string name, string grainType, string key, CancellationToken cancellation = default)
    {
        var rows = await database.ListAsync(
            "SELECT payload, etag FROM state WHERE name = @name AND grain_type = @type AND key = @key",
            row => new StateRow(row.Bytes(0), StateWrite.Text(row.GetInt64(1))),
            cancellation, ("name", name), ("type", grainType), ("key", key));
        return rows.Count == 0 ? null : rows[0];
    }

    public ValueTask<string?> WriteAsync(
        string name, string grainType, string key, ReadOnlyMemory<byte> payload, string? etag,
        CancellationToken cancellation = default) =>
        AddAsync(new StateKey(name, grainType, key), payload.ToArray(), etag, cancellation);

    public async ValueTask<bool> ClearAsync(
        string name, string grainType, string key, string? etag, CancellationToken cancellation = default) =>
        await AddAsync(new StateKey(name, grainType, key), null, etag, cancellation) is not null;

    private ValueTask<string?> AddAsync(StateKey key, byte[]? payload, string? etag, CancellationToken cancellation)
    {
        StorableText.Check(key.Name, key.GrainType, key.Key);
        var write = new StateWrite(key, payload, etag);
        committer.Add(write);
        return write.Answer(cancellation);
    }
}
