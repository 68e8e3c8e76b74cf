using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Facts;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Kpis;
using GridMesh.Contracts.Workers;

namespace GridMesh.Contracts.Storage;

/// <summary>A fact on its way to the journal.</summary>
/// <param name="Type">The fact type's name, 1-64 characters.</param>
/// <param name="Payload">UTF-8 JSON, at most <see cref="IJournal.PayloadMax"/> bytes.</param>
/// <param name="Subject">Whom it is about within its stream; see <see cref="IFact.Subject"/>.</param>
/// <param name="IsByResident">Its author is no more to be known for ever than what else is personal in it.</param>
/// <param name="Erasure">What of its subject goes in its transaction.</param>
public readonly record struct NewFact(
    string Type, DateTimeOffset At, string By, ReadOnlyMemory<byte> Payload, string Subject = "",
    bool IsByResident = false, Erasure? Erasure = null);

/// <summary>Facts of one command to one stream, with the index rows that change in the same transaction.</summary>
/// <param name="Stream">
/// Case number, or <c>worker:{id}</c>, <c>patrol:{grid}</c>, <c>care:{grid}</c>, <c>visit:{grid}</c>,
/// <c>service:{grid}</c>; 1-64 characters.
/// </param>
/// <param name="ExpectedVersion">Facts already in the stream; 0 for a new one.</param>
/// <param name="CommandId">Unique over the whole journal.</param>
/// <param name="District">Whose hash chain the facts join.</param>
/// <param name="Facts">1 to <see cref="IJournal.FactsMax"/>.</param>
/// <param name="Kpis">What the facts add to the indices.</param>
/// <param name="Digest">
/// What the command asked for, in short; null for one that nobody can send with something else.
/// </param>
public sealed record JournalAppend(
    string Stream,
    long ExpectedVersion,
    Guid CommandId,
    AreaCode District,
    IReadOnlyList<NewFact> Facts,
    CaseRow? Case = null,
    DutyRow? Duty = null,
    IReadOnlyList<KpiEntry>? Kpis = null,
    long? Digest = null);

public enum AppendResult
{
    /// <summary>On disk.</summary>
    Appended,

    /// <summary>Nothing written: a command of this id is already in the journal (see the outcome's stream).</summary>
    CommandKnown,

    /// <summary>Nothing written: the stream is not at the expected version.</summary>
    VersionConflict,
}

/// <param name="Stream">Where the command is, also when another stream has it.</param>
/// <param name="Version">Appended: the stream's version now. CommandKnown: the last version that command wrote.</param>
/// <param name="Digest">CommandKnown: what it was written with; null where it had none.</param>
public readonly record struct AppendOutcome(AppendResult Result, string Stream, long Version, long? Digest = null);

/// <summary>A fact as it lies in the journal.</summary>
/// <param name="Seq">Global sequence, rising, may have gaps.</param>
/// <param name="Version">1 for the first fact of the stream.</param>
/// <param name="Digest">That of its command, on the command's first fact; null where it had none.</param>
/// <param name="Hash">SHA-256 over the previous hash of the district's chain and this fact.</param>
public sealed record JournalRecord(
    long Seq,
    string Stream,
    long Version,
    Guid CommandId,
    AreaCode District,
    string Type,
    DateTimeOffset At,
    string By,
    ReadOnlyMemory<byte> Payload,
    ReadOnlyMemory<byte> Hash,
    long? Digest = null);

/// <summary>The end of the hash chain that one writer made of the facts of a district.</summary>
/// <param name="Link">Facts in the chain.</param>
/// <param name="Hash">Of the last of them.</param>
/// <param name="At">When the last of them happened.</param>
public sealed record ChainEnd(AreaCode District, int Writer, long Link, string Hash, DateTimeOffset At);

/// <summary>
/// Append-only facts with group commit: many grains' facts in one durable transaction. Every call throws
/// <see cref="StorageUnavailableException"/> when the disk or server fails.
/// </summary>
public interface IJournal
{
    /// <summary>Most facts of one command.</summary>
    const int FactsMax = 16;

    /// <summary>Largest payload of one fact in bytes.</summary>
    const int PayloadMax = 64 * 1024;

    /// <summary>Answers once it is on disk, or once it is certain that nothing was written. Bounded queue: when full,
    /// <see cref="StorageUnavailableException"/>.</summary>
    ValueTask<AppendOutcome> AppendAsync(JournalAppend append, CancellationToken cancellation = default);

    /// <summary>The facts of a stream after a version, oldest first, all of them.</summary>
    ValueTask<IReadOnlyList<JournalRecord>> ReadStreamAsync(
        string stream, long afterVersion = 0, CancellationToken cancellation = default);

    /// <summary>Whether the stream has any fact at all: cheaper than to wake a grain that would find none.</summary>
    ValueTask<bool> HasStreamAsync(string stream, CancellationToken cancellation = default);

    /// <summary>Where a command landed, or null if it never did.</summary>
    ValueTask<AppendOutcome?> FindCommandAsync(Guid commandId, CancellationToken cancellation = default);

    /// <summary>The whole journal in the order of its sequence, in pages, for verify, export and recounts.</summary>
    IAsyncEnumerable<JournalRecord> ReadAllAsync(long afterSeq = 0, CancellationToken cancellation = default);

    /// <summary>
    /// Walks the hash chains; one line for each break, and for each end that was noted elsewhere and is not there.
    /// Empty means clean.
    /// </summary>
    ValueTask<IReadOnlyList<string>> VerifyChainAsync(
        IProgress<long>? progress = null, IReadOnlyList<ChainEnd>? noted = null,
        CancellationToken cancellation = default);

    /// <summary>Where each chain ends now, by district and writer.</summary>
    ValueTask<IReadOnlyList<ChainEnd>> ReadChainEndsAsync(CancellationToken cancellation = default);
}
