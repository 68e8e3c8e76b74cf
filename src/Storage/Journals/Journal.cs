using System.Data.Common;
using System.Runtime.CompilerServices;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Facts;
using GridMesh.Contracts.Storage;
using GridMesh.Storage.Commits;
using GridMesh.Storage.Databases;
using GridMesh.Storage.Personal;

namespace GridMesh.Storage.Journals;

/// <summary>The journal: appends go to the committer, reads to pooled connections.</summary>
internal sealed class Journal(
    Database database, GroupCommitter committer, PersonalSealer sealer, PersonalOpener opener, DataKeyCache keys)
    : IJournal
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
        var write = new JournalWrite(append, sealer);
        committer.Add(write);
        var answer = write.Answer(cancellation);
        return write.ChangesKeys ? LearnAsync(write, answer) : answer;
    }

    public async ValueTask<IReadOnlyList<JournalRecord>> ReadStreamAsync(
        string stream, long afterVersion = 0, CancellationToken cancellation = default) =>
        await opener.OpenAsync(
            await database.ListAsync(
                Stream, static row => Read(row).Record, cancellation, ("stream", stream), ("after", afterVersion)),
            cancellation, keys);

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
        await foreach (var page in ReadPagesAsync(afterSeq, cancellation))
        {
            foreach (var fact in await opener.OpenAsync([.. page.Select(fact => fact.Record)], cancellation))
                yield return fact;
        }
    }

    public async ValueTask<IReadOnlyList<string>> VerifyChainAsync(
        IProgress<long>? progress = null, IReadOnlyList<ChainEnd>? noted = null,
        CancellationToken cancellation = default)
    {
        // The ends are read first: facts that come meanwhile are beyond them and do no harm.
        var heads = await database.ReadAsync(ReadHeadsAsync, cancellation);
        var verifier = new ChainVerifier(heads, noted ?? []);
        await foreach (var page in ReadPagesAsync(0, cancellation))
        {
            // As they lie there: a chain is over what is sealed, and knows no keys.
            page.ForEach(verifier.Add);
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

    private async ValueTask<AppendOutcome> LearnAsync(JournalWrite write, ValueTask<AppendOutcome> answer)
    {
        var outcome = await answer;
        if (outcome.Result != AppendResult.Appended)
            return outcome;
        keys.Add(write.Sealed.Keys);
        foreach (var fact in write.Append.Facts)
        {
            for (var part = PersonalPart.Contact; part <= fact.Erasure?.Last; part++)
                keys.Forget(write.Append.Stream, fact.Subject, part);
        }

        return outcome;
    }

    private async IAsyncEnumerable<List<StoredFact>> ReadPagesAsync(
        long afterSeq, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            var page = await database.ListAsync(
                $"SELECT {Columns} FROM facts WHERE seq > @after ORDER BY seq LIMIT {PageRows}", Read, cancellation,
                ("after", afterSeq));
            yield return page;
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
