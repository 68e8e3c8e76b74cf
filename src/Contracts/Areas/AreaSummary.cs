using System.Text.Json.Serialization;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Json;

namespace GridMesh.Contracts.Areas;

/// <summary>What a summary counts besides open cases by step and by line.</summary>
public enum Counter
{
    Overdue,
    ReportedToday,
    ClosedToday,
    WorkersTotal,
    WorkersOnDuty,
    PatrolsDue,
    PatrolsDone,
    PatrolsMissed,
    AlarmsOpen,
}

/// <summary>
/// The numbers of one area: a flat vector of counts, so that a parent is exactly the element-wise sum of its children.
/// Layout: the <see cref="Counter"/>s, then open cases by the six open <see cref="Step"/>s, then by <see cref="Line"/>.
/// </summary>
[GenerateSerializer, Immutable, Alias("AreaSummary")]
[JsonConverter(typeof(AreaSummaryJsonConverter))]
public sealed record AreaSummary([property: Id(0)] ImmutableArray<int> Counts)
{
    /// <summary>Open steps come first in <see cref="Step"/>, so a step's value is its index.</summary>
    public const int OpenSteps = (int)Step.Feedback + 1;

    public const int Lines = (int)Line.Epidemic + 1;

    private const int StepsAt = (int)Counter.AlarmsOpen + 1;
    private const int LinesAt = StepsAt + OpenSteps;

    /// <summary>Number of counts in a summary.</summary>
    public const int Width = LinesAt + Lines;

    public static AreaSummary Zero { get; } = new([.. new int[Width]]);

    public int this[Counter counter] => At((int)counter);

    public int this[Step step] => At(IndexOf(step));

    public int this[Line line] => At(IndexOf(line));

    /// <summary>Open cases; equals the sum over steps and the sum over lines.</summary>
    public int Open
    {
        get
        {
            var open = 0;
            for (var i = 0; i < OpenSteps; i++)
            {
                open += At(StepsAt + i);
            }

            return open;
        }
    }

    /// <summary>
    /// The count at an index. A process of another version may send fewer counts: what it does not count is zero.
    /// </summary>
    public int At(int index) => index < Counts.Length ? Counts[index] : 0;

    public static int IndexOf(Step step) => StepsAt + (int)step;

    public static int IndexOf(Line line) => LinesAt + (int)line;

    public bool Equals(AreaSummary? other) => other is not null && Counts.AsSpan().SequenceEqual(other.Counts.AsSpan());

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var count in Counts)
        {
            hash.Add(count);
        }

        return hash.ToHashCode();
    }
}
