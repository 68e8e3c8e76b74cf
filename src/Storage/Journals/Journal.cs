using System.Data.Common;
using System.Runtime.CompilerServices;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Storage;
using GridMesh.Storage.Commits;
using GridMesh.Storage.Databases;

namespace GridMesh.Storage.Journals;

/// <summary>The journal: appends go to the committer, reads to pooled connections.</summary>
internal sealed class Journal(Database database, GroupCommitter committer) : IJournal
{
    private const int PageRows = 1_000;

    /// <summary>What <see cref="Read"/> takes, in its order.</summary>
    public const string Columns =
        "seq, stream, version, command_id, district, type, at, author, payload, hash, writer, link, digest";

    private const string Stream =
        $"SELECT {Columns} FROM facts WHERE stream = @stream AND version > @after ORDER BY version";

    public ValueTask<AppendOutcome> AppendAsync(JournalAppend append, CancellationToken cancellation = default)
    {
        AppendCheck.Check(append);
        var write = new JournalWrite(append);
        committer.Add(write);
        return write.Answer(cancellation);
    }

    public async ValueTask<IReadOnlyList<JournalRecord>> ReadStreamAsync(
        string stream, long afterVersion = 0, CancellationToken cancellation = default) =>
        await database.ListAsync(
            Stream, static row => Read(row).Record, cancellation, ("stream", stream), ("after", afterVersion));

    public async ValueTask<bool> HasStreamAsync(string stream, CancellationToken cancellation = default) =>
        (await database.ListAsync(
            "SELECT 1 FROM facts WHERE stream = @stream AND version = 1", static _ => true, cancellation,
            ("stream", stream))).Count > 0;

    public async ValueTask<AppendOutcome?> FindCommandAsync(Guid commandId, CancellationToken cancellation = default)
    {
        var found = await database.ListAsync(
            """
            SELECT f.stream, max(p.version), max(f.digest) FROM facts f
            JOIN facts p ON p.stream = f.stream AND p.command_id = f.command_id
                AND p.version BETWEEN f.version AND f.version + @most
            WHERE f.command_id = @command AND f.part = 0 GROUP BY f.stream
            """,
            row => new AppendOutcome(
                AppendResult.CommandKnown, row.GetString(0), row.GetInt64(1), row.NullableInt64(2)),
            cancellation, ("command", database.Guid(commandId)), ("most", IJournal.FactsMax - 1));
        return found.Count == 0 ? null : found[0];
    }

    public async IAsyncEnumerable<JournalRecord> ReadAllAsync(
        long afterSeq = 0, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var fact in ReadStoredAsync(afterSeq, cancellation))
            yield return fact.Record;
    }

    public async ValueTask<IReadOnlyList<string>> VerifyChainAsync(
        IProgress<long>? progress = null, IReadOnlyList<ChainEnd>? noted = null,
        CancellationToken cancellation = default)
    {
        // The ends are read first: facts that come meanwhile are beyond them and do no harm.
        var heads = await database.ReadAsync(ReadHeadsAsync, cancellation);
        var verifier = new ChainVerifier(heads, noted ?? []);
        await foreach (var fact in ReadStoredAsync(0, cancellation))
        {
            verifier.Add(fact);
            if (verifier.Facts % PageRows == 0)
                progress?.Report(verifier.Facts);
        }

        progress?.Report(verifier.Facts);
        return verifier.Finish((await database.ReadAsync(ReadHeadsAsync, cancellation)).Keys);
    }

    public async ValueTask<IReadOnlyList<ChainEnd>> ReadChainEndsAsync(CancellationToken cancellation = default) =>
        await database.ListAsync(
            """
            SELECT c.district, c.writer, c.link, c.hash, f.at FROM chain_heads c
            JOIN facts f ON f.district = c.district AND f.writer = c.writer AND f.link = c.link
            ORDER BY c.district, c.writer
            """,
            row => new ChainEnd(
                AreaCode.Parse(row.GetString(0)), row.GetInt32(1), row.GetInt64(2),
                Convert.ToHexStringLower(row.Bytes(3)), row.Time(4)),
            cancellation);

    public static StoredFact Read(DbDataReader row) =>
        new(new JournalRecord(
                row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.GetGuid(3), AreaCode.Parse(row.GetString(4)),
                row.GetString(5), row.Time(6), row.GetString(7), row.Bytes(8), row.Bytes(9),
                row.NullableInt64(12)),
            row.GetInt32(10),
            row.GetInt64(11));

    private async IAsyncEnumerable<StoredFact> ReadStoredAsync(
        long afterSeq, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            var page = await database.ListAsync(
                $"SELECT {Columns} FROM facts WHERE seq > @after ORDER BY seq LIMIT {PageRows}", Read, cancellation,
                ("after", afterSeq));
            foreach (var fact in page)
                yield return fact;
            if (page.Count < PageRows)
                yield break;
            afterSeq = page[^1].Record.Seq;
        }
    }

    private static async ValueTask<Dictionary<ChainKey, ChainHead>> ReadHeadsAsync(
        DbConnection connection, CancellationToken cancellation)
    {
        await using var command = connection.Command("SELECT district, writer, link, hash FROM chain_heads");
        var heads = await command.ListAsync(
            row => (
                Key: new ChainKey(row.GetString(0), row.GetInt32(1)),
                Head: new ChainHead(row.GetInt64(2), row.Bytes(3))),
            cancellation);
        return heads.ToDictionary(head => head.Key, head => head.Head);
    }
}
