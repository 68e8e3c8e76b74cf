using GridMesh.Contracts.Codes;

namespace GridMesh.Contracts.Storage;

/// <summary>Facts of an area's cases in the order of the journal.</summary>
/// <param name="Until">Everything up to this sequence number has been looked at: where the next page begins.</param>
public sealed record FactPage(IReadOnlyList<JournalRecord> Facts, long Until);

/// <summary>Reads of facts that cut across streams: for lists, and for those who are told of changes.</summary>
public interface IFactReader
{
    /// <summary>Most streams of one call.</summary>
    const int StreamsMax = 200;

    /// <summary>Most facts of one page.</summary>
    const int PageMax = 1_000;

    /// <summary>Most sequence numbers looked at for one page, whatever they are facts of.</summary>
    const int ScanMax = 20_000;

    /// <summary>The facts of these types in these streams: stream by stream, each oldest first.</summary>
    ValueTask<IReadOnlyList<JournalRecord>> ReadStreamsAsync(
        IReadOnlyCollection<string> streams, IReadOnlyCollection<string> types,
        CancellationToken cancellation = default);

    /// <summary>
    /// The next facts of cases that were opened within the area. Sequence numbers rise in the order of commits (ST6),
    /// so whoever goes on from <see cref="FactPage.Until"/> misses none.
    /// </summary>
    /// <param name="limit">1 to <see cref="PageMax"/>.</param>
    ValueTask<FactPage> ReadAfterAsync(
        long afterSeq, AreaCode area, int limit, CancellationToken cancellation = default);
}
