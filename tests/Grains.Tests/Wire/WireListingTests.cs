using System.Reflection;
using System.Text.Json;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Json;
using GridMesh.Grains.Areas;
using GridMesh.Grains.Grids;
using GridMesh.Grains.Live;
using Orleans.Runtime;
using Orleans.Streams;

namespace GridMesh.Grains.Tests.Wire;

/// <summary>The code against the listing that is checked in.</summary>
public sealed class WireListingTests
{
    private static readonly WireListing s_before =
        WireListing.Parse("record Card\n  0 Id CaseNumber\n  1 Version long");
    private static readonly WireListing s_broken = WireListing.Parse("record Card\n  0 Id CaseNumber\n  1 Version int");

    [Fact(DisplayName = "[WI3] the code breaks nothing that the listing promises to the version before")]
    public void Unbroken()
    {
        var breaks = WireComparer.Compare(WireFile.Read(), WireContract.Read()).Breaks;
        breaks.ShouldBeEmpty(
            "a rolling upgrade would break; docs/decisions/0010-rolling-upgrades.md has the way in two releases");
    }

    [Fact(DisplayName = "[WI4] everything on the wire is in the listing, as the code has it")]
    public void Listed()
    {
        var difference = WireComparer.Compare(WireFile.Read(), WireContract.Read());
        difference.Additions.ShouldBeEmpty("run ./dev wire to add it");
        var text = File.ReadAllText(WireFile.Path).ReplaceLineEndings("\n");
        (text == (WireContract.Read() with { Breaks = WireFile.Read().Breaks }).ToString())
            .ShouldBeTrue("run ./dev wire to write it anew");
    }

    [Fact(DisplayName = "[WI4] the listing has every kind of thing that crosses: nothing is overlooked as a whole")]
    public void Kinds()
    {
        var listing = WireContract.Read();
        listing.Entries.Select(entry => entry.Kind).Distinct().Order(StringComparer.Ordinal).ShouldBe(
            ["abstract", "counts", "enum", "exception", "fact", "grain", "interface", "json", "record", "reminder",
                "state", "stream", "struct"]);
        listing.Entries.Select(entry => entry.Title).ShouldBeUnique();
        listing.Entries.Count(entry => entry.Kind == "grain").ShouldBe(GrainKinds.All.Length);
        listing.Entries.Count(entry => entry.Kind == "counts").ShouldBe(1);
        listing.Find("counts AreaSummary")!.Items.Select(item => item.Key)
            .ShouldBe(Enumerable.Range(0, AreaSummary.Width).Select(i => $"{i}"));
        typeof(MeshStreams).GetFields().Where(field => field.IsLiteral && field.Name != nameof(MeshStreams.Provider))
            .Select(field => (string)field.GetRawConstantValue()!).ShouldBe(WireTypes.Streams.Keys, ignoreOrder: true);
        foreach (var grain in typeof(GridGrain).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Grain)) && typeof(IRemindable).IsAssignableFrom(type)))
        {
            listing.Entries.ShouldContain(
                entry => entry.Kind == "reminder"
                    && entry.Name.StartsWith(WireContract.GrainType(grain) + "/", StringComparison.Ordinal));
        }
    }

    [Fact(DisplayName = "[WI4] the streams that grains write to carry what the listing says")]
    public void Payloads() =>
        typeof(NodePublisher).GetFields(BindingFlags.Instance | BindingFlags.NonPublic).Select(field => field.FieldType)
        .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IAsyncStream<>))
        .Select(type => type.GetGenericArguments()[0]).ShouldBe(WireTypes.Streams.Values, ignoreOrder: true);

    [Fact(DisplayName = "[WI5] a break is not written into the listing without a reason")]
    public void Refused()
    {
        using var output = new StringWriter();
        WireFile.Rewrite(s_before, s_broken, null, output).ShouldBe((null, 1));
        WireFile.Rewrite(s_before, s_broken, " ", output).ShouldBe((null, 1));
        output.ToString().ShouldContain("had '1 Version long' and now has '1 Version int'");
        WireFile.Run(["--brake", "reason"], output).ShouldBe(2);
    }

    [Fact(DisplayName = "[WI5] the reason of a break stays at the head of the listing; what breaks nothing needs none")]
    public void Noted()
    {
        var (text, code) = WireFile.Rewrite(s_before, s_broken, "versions\nfit an int", TextWriter.Null);
        code.ShouldBe(0);
        text.ShouldNotBeNull().ShouldContain("# Break: versions fit an int\n");
        var noted = WireListing.Parse(text);
        noted.Breaks.ShouldBe(["versions fit an int"]);
        noted.Find("record Card")!.Items.ShouldContain(new WireItem("1", "Version int"));

        var (again, _) = WireFile.Rewrite(
            noted, WireListing.Parse("record Card\n  0 Id CaseNumber\n  1 Version int\n  2 Owner string?"), null,
            TextWriter.Null);
        WireListing.Parse(again!).Breaks.ShouldBe(["versions fit an int"]);
        WireFile.Rewrite(noted, noted, "no break", TextWriter.Null).Text.ShouldBe(text);
    }

    [Fact(DisplayName = "[WI7] an older reader of facts passes over a member that it does not know, a newer one finds null")]
    public void Facts()
    {
        var fact = JsonSerializer.Deserialize<IncidentFact>(
            """{"type":"InspectionPassed","at":"2026-03-02T09:00:00+08:00","by":"w1","score":3}""", MeshJson.Compact);
        fact.ShouldBe(new InspectionPassed(Sample.Now, "w1", null));
    }

    [Fact(DisplayName = "[WI8] a summary of a version with fewer or more counts is added up as far as both count")]
    public void Widths()
    {
        var rollup = new AreaRollup();
        var shorter = new AreaSummary([.. Enumerable.Repeat(3, AreaSummary.Width - 1)]);
        var longer = new AreaSummary([.. Enumerable.Repeat(2, AreaSummary.Width + 1)]);
        rollup.Apply(new ChildReport(Sample.Grid, new SummaryVersion(1, 1), shorter, null));
        rollup.Apply(new ChildReport(Sample.OtherGrid, new SummaryVersion(1, 1), longer, null));
        rollup.Sum.Counts.ShouldBe([.. Enumerable.Repeat(5, AreaSummary.Width - 1), 2]);
        shorter.At(AreaSummary.Width - 1).ShouldBe(0);
        shorter.With((Counter)(AreaSummary.Width - 1), 2).At(AreaSummary.Width - 1).ShouldBe(2);
        JsonSerializer.Deserialize<AreaSummary>(JsonSerializer.Serialize(shorter, MeshJson.Options), MeshJson.Options)!
            .Counts.ShouldBe([.. shorter.Counts, 0]);
    }
}
