using System.Globalization;
using GridMesh.Fuzz.Tests.Targets;

namespace GridMesh.Fuzz.Tests;

/// <summary>
/// Everything that reads what comes from outside, by some thousands of inputs that look for ways through the code;
/// <c>./dev fuzz parsers</c> goes on for as long as it is told.
/// </summary>
public sealed class ParserTests(ITestOutputHelper output)
{
    /// <summary>Set by <c>./dev fuzz</c>.</summary>
    private const string SecondsVariable = "GRIDMESH_FUZZ_SECONDS";
    private const string SeedVariable = "GRIDMESH_FUZZ_SEED";

    private static readonly Dictionary<string, Target> s_targets =
        ((IEnumerable<Target>)[.. CodeTargets.All, .. FileTargets.All, .. WireTargets.All])
        .ToDictionary(target => target.Name);

    public static TheoryData<string> Names => [.. s_targets.Keys];

    [Theory(DisplayName = "[IN9] what comes in from outside is read or refused, in bounds, and comes back the same where it is written")]
    [MemberData(nameof(Names))]
    public void Reads(string name)
    {
        var target = s_targets[name];
        var seconds = Number(SecondsVariable);
        var hunt = new Hunt(target, Number(SeedVariable) ?? 1);
        hunt.Run(target.Inputs, seconds is { } all ? TimeSpan.FromSeconds((double)all / s_targets.Count) : null);
        output.WriteLine($"{name}: {hunt.Tried} inputs, {hunt.Edges} edges, {hunt.Known} kept");
        hunt.Faults.ShouldBeEmpty();
        hunt.Known.ShouldBeGreaterThan(target.Samples.Count, "no input found anything new: nothing is counted");
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
