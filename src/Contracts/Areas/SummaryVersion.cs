namespace GridMesh.Contracts.Areas;

/// <summary>
/// Orders the summaries of one child: a later activation (epoch) beats an earlier one, then the number counts up.
/// </summary>
/// <param name="Epoch">Microseconds since 1970 of the activation that made it.</param>
/// <param name="Number">Counts up by one for each change in that activation.</param>
[GenerateSerializer, Immutable, Alias("SummaryVersion")]
public readonly record struct SummaryVersion([property: Id(0)] long Epoch, [property: Id(1)] long Number)
    : IComparable<SummaryVersion>
{
    public int CompareTo(SummaryVersion other) =>
        Epoch != other.Epoch ? Epoch.CompareTo(other.Epoch) : Number.CompareTo(other.Number);

    public static bool operator <(SummaryVersion left, SummaryVersion right) => left.CompareTo(right) < 0;

    public static bool operator >(SummaryVersion left, SummaryVersion right) => left.CompareTo(right) > 0;

    public static bool operator <=(SummaryVersion left, SummaryVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >=(SummaryVersion left, SummaryVersion right) => left.CompareTo(right) >= 0;
}
