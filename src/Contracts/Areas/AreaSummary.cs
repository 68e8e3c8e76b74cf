using System.Text.Json.Serialization;
using GridMesh.Contracts.Codes;

namespace GridMesh.Contracts.Areas;

/// <summary>
/// The numbers of one area: a vector of counts, each at the place of its id in <see cref="SummaryCounts"/>, so that a
/// parent is exactly the element-wise sum of its children.
/// </summary>
[GenerateSerializer, Immutable, Alias("AreaSummary")]
[JsonConverter(typeof(AreaSummaryJsonConverter))]
public sealed record AreaSummary([property: Id(0)] ImmutableArray<int> Counts)
{
    /// <summary>Number of counts in a summary.</summary>
    public static int Width => SummaryCounts.Width;

    public static AreaSummary Zero { get; } = new([.. new int[Width]]);

    public int this[Counter counter] => At((int)counter);

    public int this[Step step] => At(IndexOf(step));

    public int this[Line line] => At(IndexOf(line));

    /// <summary>Open cases; equals the sum over steps and the sum over lines.</summary>
    public int Open => SummaryCounts.Open.In(this);

    /// <summary>
    /// The count at an index. A process of another version may send fewer counts: what it does not count is zero.
    /// </summary>
    public int At(int index) => index < Counts.Length ? Counts[index] : 0;

    /// <summary>The same with more of one count.</summary>
    public AreaSummary With(Counter counter, int more)
    {
        if (more == 0)
            return this;

        var counts = new int[Math.Max(Width, Counts.Length)];
        Counts.CopyTo(counts);
        counts[(int)counter] += more;
        return new AreaSummary([.. counts]);
    }

    public static int IndexOf(Step step) => SummaryCounts.IdOf(step);

    public static int IndexOf(Line line) => SummaryCounts.IdOf(line);

    public bool Equals(AreaSummary? other) => other is not null && Counts.AsSpan().SequenceEqual(other.Counts.AsSpan());

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var count in Counts)
            hash.Add(count);

        return hash.ToHashCode();
    }
}
