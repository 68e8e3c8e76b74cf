namespace GridMesh.Contracts.Storage;

/// <param name="IsCounted">The tables reach to it: its writer's cursor has passed it.</param>
public readonly record struct KpiFact(JournalRecord Fact, bool IsCounted);

/// <summary>
/// The journal, the tables of indices and how far they reach, all as they were at one moment, whoever writes meanwhile.
/// A range of streams or subjects begins with its first name and ends before its second, both compared as bytes.
/// </summary>
public interface IKpiSnapshot
{
    /// <summary>The first stream after one name and before another, or null.</summary>
    ValueTask<string?> NextStreamAsync(string after, string before, CancellationToken cancellation = default);

    /// <summary>Facts stream by stream, each in its order, in pages.</summary>
    IAsyncEnumerable<KpiFact> ReadFactsAsync(string from, string before, CancellationToken cancellation = default);

    /// <summary>Subjects that have a row in either table.</summary>
    ValueTask<IReadOnlyList<string>> ReadSubjectsAsync(
        string from, string before, CancellationToken cancellation = default);

    /// <summary>The rows of a range of subjects, added up by their start; oldest first.</summary>
    ValueTask<IReadOnlyList<KpiRow>> SumAsync(
        KpiPeriod period, string from, string before, CancellationToken cancellation = default);
}
