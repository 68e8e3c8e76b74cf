using GridMesh.Contracts.Patrols;
using GridMesh.Grains.Facts;

namespace GridMesh.Grains.Patrols;

/// <summary>A plan with its life.</summary>
[GenerateSerializer, Alias("PlanLife")]
public sealed record PlanLife(
    [property: Id(0)] PatrolPlan Plan, [property: Id(1)] DateTimeOffset Since, [property: Id(2)] string By,
    [property: Id(3)] DateTimeOffset? EndedAt);

/// <summary>What became of a checkpoint of a round.</summary>
/// <param name="Worker">Who was there; null where nobody was: it is missed.</param>
/// <param name="IsNoted">Somebody has taken note of the miss.</param>
[GenerateSerializer, Alias("SlotFate")]
public sealed record SlotFate(
    [property: Id(0)] PatrolSlot Slot, [property: Id(1)] DateTimeOffset At, [property: Id(2)] string? Worker,
    [property: Id(3)] CheckInWay? Way, [property: Id(4)] string? Code, [property: Id(5)] bool IsNoted)
{
    public bool IsDone => Worker is not null;
}

/// <summary>Where in the stream the facts of a day begin.</summary>
/// <param name="After">Version of the last fact before them.</param>
[GenerateSerializer, Alias("DayMark")]
public sealed record DayMark([property: Id(0)] int Day, [property: Id(1)] long After);

/// <summary>
/// The fold of a grid's patrol facts up to a version, kept so that waking does not read them all: what came later is
/// read from the journal. Lost, it is folded anew.
/// </summary>
[GenerateSerializer, Alias("PatrolSnapshot")]
public sealed record PatrolSnapshot : IFoldSnapshot
{
    [Id(0)] public long Version { get; init; }

    [Id(1)] public ImmutableArray<PlanLife> Plans { get; init; } = [];

    [Id(2)] public ImmutableArray<SlotFate> Fates { get; init; } = [];

    [Id(3)] public ImmutableArray<DayMark> Marks { get; init; } = [];

    /// <summary>All rounds that began before this day (yyyyMMdd) are decided; 0 when not known.</summary>
    [Id(4)] public int OpenFrom { get; init; }
}
