using System.Text.Json;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Json;

namespace GridMesh.Grains.Tests.Areas;

public sealed class SummaryCountsTests
{
    private static readonly IEnumerable<SummaryCount> s_stored =
        SummaryCounts.All.Where(count => count.Ids.Length == 1);

    [Fact(DisplayName = "[WI8] every count has an id and a place in JSON of its own, and the ids leave no gap")]
    public void Ids()
    {
        s_stored.Select(count => count.Ids[0]).ShouldBe(Enumerable.Range(0, AreaSummary.Width), ignoreOrder: true);
        SummaryCounts.All.Select(count => count.Path).ShouldBeUnique();
    }

    [Fact(DisplayName = "[WI8] every open step, line and counter is a count")]
    public void Complete()
    {
        Path(AreaSummary.IndexOf(Step.Feedback)).ShouldBe("incidents.byStep.Feedback");
        foreach (var step in Enum.GetValues<Step>().Where(step => step.IsOpen()))
            Path(AreaSummary.IndexOf(step)).ShouldBe($"incidents.byStep.{step}");

        foreach (var line in Enum.GetValues<Line>())
            Path(AreaSummary.IndexOf(line)).ShouldBe($"incidents.byLine.{line}");

        foreach (var counter in Enum.GetValues<Counter>())
            Path((int)counter).ShouldNotContain("by", Case.Sensitive, $"{counter}");
    }

    [Fact(DisplayName = "[WI8] JSON of a version with other counts is read as far as both count")]
    public void OtherVersions()
    {
        const string Json = """{"incidents":{"open":9,"byStep":{"Reported":2,"Lost":7},"overdue":1},"drones":{"total":5},"alarms":{"open":3}}""";
        var summary = JsonSerializer.Deserialize<AreaSummary>(Json, MeshJson.Options)!;
        (summary.Open, summary[Step.Reported], summary[Counter.Overdue], summary[Counter.AlarmsOpen],
            summary[Line.Emergency])
            .ShouldBe((2, 2, 1, 3, 0));
        summary.Counts.Sum().ShouldBe(6);
    }

    [Fact(DisplayName = "[WI8] JSON keeps the shape that clients know")]
    public void Shape()
    {
        const string Known =
            """{"incidents":{"open":75,"byStep":{"Reported":10,"Dispatched":11,"Handling":12,"Returned":13,"Inspecting":14,"Feedback":15}"""
            + ""","byLine":{"PartyBuilding":16,"PublicSecurity":17,"CivilAffairs":18,"UrbanManagement":19,"Petitions":20,"Emergency":21,"Epidemic":22}"""
            + ""","overdue":1,"reportedToday":2,"closedToday":3},"workers":{"total":4,"onDuty":5},"patrols":{"due":6,"done":7,"missed":8},"alarms":{"open":9},"areas":{"absent":23}}""";
        var summary = new AreaSummary([.. Enumerable.Range(1, AreaSummary.Width)]);
        var json = JsonSerializer.SerializeToElement(summary, MeshJson.Options);
        Lost(JsonDocument.Parse(Known).RootElement, json, "")
            .ShouldBeEmpty("numbers may come, and none goes, moves or is another");
    }

    private static IEnumerable<string> Lost(JsonElement known, JsonElement now, string path) =>
        known.ValueKind != JsonValueKind.Object
            ? known.GetRawText() == now.GetRawText() ? [] : [path]
            : known.EnumerateObject().SelectMany(field => now.TryGetProperty(field.Name, out var found)
                ? Lost(field.Value, found, $"{path}.{field.Name}")
                : [$"{path}.{field.Name}"]);

    private static string Path(int id) => s_stored.Single(count => count.Ids[0] == id).Path;
}
