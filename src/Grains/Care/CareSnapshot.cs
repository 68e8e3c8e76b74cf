using GridMesh.Contracts.Care;
using GridMesh.Grains.Facts;

namespace GridMesh.Grains.Care;

/// <summary>A watch that is kept.</summary>
/// <param name="SeenAt">The last sign of life that is known; a door may have been heard of since.</param>
/// <param name="AlarmedAt">Null while all is well.</param>
/// <param name="Circle">The widest circle that has been asked.</param>
[GenerateSerializer, Alias("CareLife")]
public sealed record CareLife(
    [property: Id(0)] CareWatch Watch, [property: Id(1)] DateTimeOffset SeenAt,
    [property: Id(2)] DateTimeOffset? AlarmedAt, [property: Id(3)] CareCircle Circle)
{
    /// <summary>When the next step is due: the alarm, or its next circle; null when all have been asked.</summary>
    public DateTimeOffset? DueAt => AlarmedAt is not { } alarmed ? SeenAt.AddHours(Watch.WindowHours)
        : CareLadder.After(Circle) is { } next ? alarmed + CareLadder.WaitFor(next)
        : null;
}

/// <summary>Whom an alarm is told, and when: nobody who has not been asked waits longer than this.</summary>
public static class CareLadder
{
    private static readonly (CareCircle Circle, TimeSpan After)[] s_steps =
    [
        (CareCircle.Grid, TimeSpan.Zero),
        (CareCircle.Police, TimeSpan.FromMinutes(30)),
        (CareCircle.Neighbours, TimeSpan.FromMinutes(60)),
    ];

    /// <summary>Time from the alarm to the moment at which a circle is asked.</summary>
    public static TimeSpan WaitFor(CareCircle circle) => s_steps.Single(step => step.Circle == circle).After;

    public static CareCircle? After(CareCircle circle) =>
        circle == CareCircle.Neighbours ? null : (CareCircle)((int)circle + 1);

    public static ImmutableArray<CareCircle> UpTo(CareCircle circle) =>
        [.. s_steps.Select(step => step.Circle).Where(one => one <= circle)];
}

/// <summary>The fold of a grid's care facts up to a version; of a watch that ended nothing is in it.</summary>
[GenerateSerializer, Alias("CareSnapshot")]
public sealed record CareSnapshot : IFoldSnapshot
{
    [Id(0)] public long Version { get; init; }

    [Id(1)] public ImmutableArray<CareLife> Watches { get; init; } = [];
}
