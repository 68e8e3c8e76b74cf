using GridMesh.Contracts.Incidents;

namespace GridMesh.Contracts.Directory;

/// <summary>What the clock does at a rung.</summary>
[GenerateSerializer, Alias("RungAction")]
public enum RungAction
{
    /// <summary>The desk one tier up takes the case (升级).</summary>
    Escalate,

    /// <summary>The case comes under supervision of a level (督办).</summary>
    Supervise,
}

/// <summary>A rung of an escalation ladder, as the case itself carries it.</summary>
/// <param name="Step">The step whose deadline has passed.</param>
/// <param name="After">Minutes past that deadline, on the clock on which the deadline itself ran.</param>
/// <param name="Level">Of a supervision, 1 to <see cref="Supervision.LevelMax"/>; else null.</param>
[GenerateSerializer, Immutable, Alias("Rung")]
public sealed record Rung(
    [property: Id(0)] Step Step,
    [property: Id(1)] int After,
    [property: Id(2)] RungAction Action,
    [property: Id(3)] int? Level = null)
{
    /// <summary>Latest rung, in minutes past the deadline: thirty days.</summary>
    public const int AfterMax = 30 * 24 * 60;

    /// <summary>Most rungs of one ladder; each case that is filed under it carries them.</summary>
    public const int CountMax = 12;

    /// <summary>The steps that have deadlines.</summary>
    public static ImmutableArray<Step> Steps { get; } =
        [Step.Reported, Step.Dispatched, Step.Handling, Step.Inspecting];
}

/// <summary>A row of the escalation ladders 升级阶梯: rows for the same cases are one ladder.</summary>
/// <param name="Line">Cases of this line; null for any.</param>
/// <param name="Category">Cases of this category, and then no line is named; null for any.</param>
/// <param name="Severity">Cases of this severity; null for any.</param>
public sealed record LadderRow(Line? Line, string? Category, Severity? Severity, Rung Rung);
