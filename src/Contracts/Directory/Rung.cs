using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Json;

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

/// <summary>
/// A rung of an escalation ladder, as the case itself carries it: short in its facts, as <c>Handling+30 Escalate</c>.
/// </summary>
/// <param name="Step">The step whose deadline has passed.</param>
/// <param name="After">Minutes past that deadline, on the clock on which the deadline itself ran.</param>
/// <param name="Level">Of a supervision, 1 to <see cref="Supervision.LevelMax"/>; else null.</param>
[GenerateSerializer, Immutable, Alias("Rung")]
[JsonConverter(typeof(RungJsonConverter))]
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

    public static bool TryParse(string? text, [NotNullWhen(true)] out Rung? rung)
    {
        rung = null;
        var plus = text?.IndexOf('+') ?? -1;
        if (plus < 0 || text![(plus + 1)..].Split(' ') is not [var after, var action, .. { Length: <= 1 } rest]
            || !EnumName.TryParse<Step>(text[..plus], out var step)
            || !int.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
            || !EnumName.TryParse<RungAction>(action, out var does))
        {
            return false;
        }

        var level = 0;
        if (rest is [var last] && !int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out level))
            return false;

        // Only the one form that is written: numbers are read with leading zeros too.
        var read = new Rung(step, minutes, does, rest.Length == 0 ? null : level);
        rung = read.ToString() == text ? read : null;
        return rung is not null;
    }

    public override string ToString()
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{Step}+{After} {Action}");
        return Level is { } level ? string.Create(CultureInfo.InvariantCulture, $"{text} {level}") : text;
    }
}
