using GridMesh.Contracts.Kpis;

namespace GridMesh.Contracts.Storage;

public enum KpiPeriod
{
    Hour,
    Day,
}

/// <summary>The sums of one subject over one hour or day.</summary>
/// <param name="Start">Beginning of the hour, or of the day in China.</param>
/// <param name="Counts">By <see cref="KpiCounter"/>, <see cref="KpiCounters.Width"/> of them.</param>
public sealed record KpiRow(DateTimeOffset Start, ImmutableArray<long> Counts);

/// <summary>A stretch of facts whose entries are not in the tables yet.</summary>
/// <param name="Facts">In the order of the journal; empty when nothing is left.</param>
/// <param name="From">The sequence that the tables reach to.</param>
/// <param name="UpTo">The sequence that is covered once the entries of these are added.</param>
public sealed record KpiTail(IReadOnlyList<JournalRecord> Facts, long From, long UpTo);

/// <summary>
/// The indices, kept per event. What a process has appended is in its answers at once; it reaches the tables, and with
/// them other processes, within <see cref="FlushSeconds"/>.
/// </summary>
/// <remarks>
/// Entries come with the facts (<see cref="JournalAppend.Kpis"/>), are summed up in memory and written together, with
/// the sequence that they reach to. Whatever is after that when a process starts is folded from the journal again.
/// </remarks>
public interface IKpiStore
{
    const int FlushSeconds = 5;

    /// <summary>How long hours are kept; days are kept for ever.</summary>
    const int HoursKeptDays = 93;

    /// <summary>Rows with anything in them, oldest first.</summary>
    ValueTask<IReadOnlyList<KpiRow>> ReadAsync(
        string subject, KpiPeriod period, DateTimeOffset from, DateTimeOffset to,
        CancellationToken cancellation = default);

    /// <summary>The sums of those rows together, by <see cref="KpiCounter"/>.</summary>
    ValueTask<ImmutableArray<long>> SumAsync(
        string subject, KpiPeriod period, DateTimeOffset from, DateTimeOffset to,
        CancellationToken cancellation = default);

    /// <summary>The next facts, at most <paramref name="limit"/>, that this process has to fold before the entries of
    /// its own appends may be written. Null when it has caught up.</summary>
    ValueTask<KpiTail?> ReadTailAsync(int limit, CancellationToken cancellation = default);

    /// <summary>Adds the entries of a tail, and moves on, in one transaction.</summary>
    ValueTask AddTailAsync(KpiTail tail, IReadOnlyList<KpiEntry> entries, CancellationToken cancellation = default);

    /// <summary>What is in the journal and in the tables at one moment; good until <paramref name="read"/> is
    /// done.</summary>
    ValueTask<T> ReadSnapshotAsync<T>(
        Func<IKpiSnapshot, CancellationToken, ValueTask<T>> read, CancellationToken cancellation = default);
}
