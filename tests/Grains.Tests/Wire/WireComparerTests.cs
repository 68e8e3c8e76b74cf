namespace GridMesh.Grains.Tests.Wire;

/// <summary>Each kind of change, as a pair of listings of a few lines.</summary>
public sealed class WireComparerTests
{
    private const string Record = "record Card\n  0 Id CaseNumber\n  1 Version long";
    private const string Call = "interface IGridGrain : IAreaNode\n  Move (Card card, string? by) -> Task<bool>";
    private const string Fact = "fact Opened : IncidentFact\n  by string\n  line Line";

    [Theory(DisplayName = "[WI3] what another version could not read, call or find is a break, told in a sentence")]
    [InlineData(
        "a type is removed", Record, "", "record Card is gone or has another name: the other version still sends it.")]
    [InlineData(
        "an alias is renamed", Record, "record Tile\n  0 Id CaseNumber\n  1 Version long",
        "record Card is gone or has another name")]
    [InlineData(
        "a class becomes a struct", Record, "struct Card\n  0 Id CaseNumber\n  1 Version long", "record Card is gone")]
    [InlineData("a member is removed", Record, "record Card\n  0 Id CaseNumber", "record Card lost '1 Version long'")]
    [InlineData(
        "a member has another id", Record, "record Card\n  0 Id CaseNumber\n  2 Version long",
        "record Card lost '1 Version long'")]
    [InlineData(
        "a member has another type", Record, "record Card\n  0 Id CaseNumber\n  1 Version int",
        "had '1 Version long' and now has '1 Version int'")]
    [InlineData(
        "a member has another name", Record, "record Card\n  0 Id CaseNumber\n  1 Rework long",
        "had '1 Version long' and now has '1 Rework long'")]
    [InlineData(
        "two members swap ids", "record Card\n  0 A int\n  1 B int", "record Card\n  0 B int\n  1 A int",
        "had '0 A int' and now has '0 B int'")]
    [InlineData(
        "a new member cannot be absent", Record, Record + "\n  2 Desk AreaCode",
        "gained '2 Desk AreaCode': an older version does not write it, so it has to be nullable.")]
    [InlineData(
        "a base is changed", "record Opened : Fact", "record Opened : Event",
        "record Opened was based on 'Fact' and is now on 'Event'.")]
    [InlineData(
        "a base is lost", "record Opened : Fact", "record Opened",
        "record Opened was based on 'Fact' and is now on ''.")]
    [InlineData(
        "an enum is reordered", "enum Step\n  0 A\n  1 B", "enum Step\n  0 B\n  1 A",
        "enum Step had '0 A' and now has '0 B'")]
    [InlineData("an enum value is removed", "enum Step\n  0 A\n  1 B", "enum Step\n  0 A", "enum Step lost '1 B'")]
    [InlineData(
        "an enum value is inserted", "enum Step\n  0 A\n  1 B", "enum Step\n  0 A\n  1 C\n  2 B",
        "enum Step had '1 B' and now has '1 C'")]
    [InlineData(
        "an interface is renamed", Call, "interface IGrid : IAreaNode\n  Move (Card card, string? by) -> Task<bool>",
        "interface IGridGrain is gone or has another name: the other version still calls it.")]
    [InlineData(
        "an interface loses its base", Call, "interface IGridGrain\n  Move (Card card, string? by) -> Task<bool>",
        "interface IGridGrain was based on 'IAreaNode' and is now on ''.")]
    [InlineData(
        "a method is removed", Call, "interface IGridGrain : IAreaNode",
        "interface IGridGrain lost 'Move (Card card, string? by) -> Task<bool>'")]
    [InlineData(
        "a parameter has another type", Call,
        "interface IGridGrain : IAreaNode\n  Move (Dot card, string? by) -> Task<bool>",
        "the other version calls it as it knows it.")]
    [InlineData(
        "parameters change places", Call,
        "interface IGridGrain : IAreaNode\n  Move (string? by, Card card) -> Task<bool>",
        "the other version calls it as it knows it.")]
    [InlineData(
        "a parameter is removed", Call, "interface IGridGrain : IAreaNode\n  Move (Card card) -> Task<bool>",
        "the other version calls it as it knows it.")]
    [InlineData(
        "a new parameter is required", Call,
        "interface IGridGrain : IAreaNode\n  Move (Card card, string? by, Guid id) -> Task<bool>",
        "an older caller does not send 'Guid id', so it has to be nullable.")]
    [InlineData(
        "a method answers something else", Call,
        "interface IGridGrain : IAreaNode\n  Move (Card card, string? by) -> Task<int>",
        "the other version calls it as it knows it.")]
    [InlineData(
        "a stream carries something else", "stream mesh/wall\n  payload AreaFrame",
        "stream mesh/wall\n  payload AreaImage", "had 'payload AreaFrame' and now has 'payload AreaImage'")]
    [InlineData("a stream is renamed", "stream mesh/wall", "stream mesh/walls", "stream mesh/wall is gone")]
    [InlineData(
        "a grain class is renamed", "grain grid : IGridGrain", "grain cell : IGridGrain",
        "grain grid is gone or has another name")]
    [InlineData(
        "a grain no longer serves an interface", "grain grid : IAreaNode, IGridGrain", "grain grid : IGridGrain",
        "grain grid was based on 'IAreaNode, IGridGrain' and is now on 'IGridGrain'.")]
    [InlineData(
        "a grain no longer hears a stream", "grain area\n  subscribes rollup", "grain area",
        "grain area lost 'subscribes rollup'")]
    [InlineData(
        "a reminder is renamed", "reminder grid/deadlines", "reminder grid/clocks",
        "reminder grid/deadlines is gone or has another name: it is stored, and stays to be read.")]
    [InlineData(
        "a state loses a member", "state mesh/worker/worker : A\n  seenAt DateTimeOffset?",
        "state mesh/worker/worker : A", "lost 'seenAt DateTimeOffset?': it is stored, and stays to be read.")]
    [InlineData(
        "a fact is renamed", Fact, "fact Begun : IncidentFact\n  by string\n  line Line",
        "fact Opened is gone or has another name: it is stored")]
    [InlineData(
        "a member of a fact is renamed", Fact, "fact Opened : IncidentFact\n  by string\n  work Line?",
        "fact Opened lost 'line Line'")]
    [InlineData(
        "a member of a fact has another type", Fact, "fact Opened : IncidentFact\n  by string\n  line string",
        "had 'line Line' and now has 'line string'")]
    [InlineData("older facts lack a new member", Fact, Fact + "\n  text string", "gained 'text string'")]
    [InlineData(
        "a count moves", "counts AreaSummary\n  0 Overdue\n  1 Step.Reported",
        "counts AreaSummary\n  0 Overdue\n  1 Silent\n  2 Step.Reported",
        "had '1 Step.Reported' and now has '1 Silent'")]
    public void Breaks(string change, string before, string after, string sentence)
    {
        var difference = WireComparer.Compare(WireListing.Parse(before), WireListing.Parse(after));
        difference.Breaks.ShouldContain(
            one => one.Contains(sentence, StringComparison.Ordinal),
            $"{change}: {string.Join('\n', difference.Breaks)}");
    }

    [Theory(DisplayName = "[WI3] what another version can do without is an addition, not a break")]
    [InlineData("a type", "", Record, "record Card is new.")]
    [InlineData(
        "a member that may be null", Record, Record + "\n  2 Desk AreaCode?", "record Card gained '2 Desk AreaCode?'.")]
    [InlineData(
        "a number, where zero says nothing", Record, Record + "\n  2 Rework int", "record Card gained '2 Rework int'.")]
    [InlineData(
        "an enum value at the end", "enum Step\n  0 A", "enum Step\n  0 A\n  1 B",
        "enum Step gained '1 B'; an older version cannot read or serve it")]
    [InlineData(
        "a method", "interface IGridGrain", "interface IGridGrain\n  Get () -> Task",
        "interface IGridGrain gained 'Get () -> Task'; an older version cannot")]
    [InlineData(
        "a parameter at the end that may be null", Call,
        "interface IGridGrain : IAreaNode\n  Move (Card card, string? by, Guid? id) -> Task<bool>",
        "an older version goes on as before.")]
    [InlineData("a mark of a method", Call, Call + " [ReadOnly]", "an older version goes on as before.")]
    [InlineData(
        "an interface", "grain grid : IGridGrain", "grain grid : IAreaNode, IGridGrain",
        "grain grid was based on 'IGridGrain' and is now on 'IAreaNode, IGridGrain'.")]
    [InlineData("a fact", "", Fact, "fact Opened is new; an older version cannot read or serve it")]
    [InlineData(
        "a member of a fact that may be null", Fact, Fact + "\n  text string?", "fact Opened gained 'text string?'")]
    [InlineData(
        "a stream a grain hears", "grain area\n  subscribes rollup",
        "grain area\n  subscribes rollup\n  subscribes alarms", "grain area gained 'subscribes alarms'")]
    [InlineData(
        "a count at the end", "counts AreaSummary\n  0 Overdue", "counts AreaSummary\n  0 Overdue\n  1 Silent",
        "counts AreaSummary gained '1 Silent'.")]
    public void Additions(string addition, string before, string after, string sentence)
    {
        var difference = WireComparer.Compare(WireListing.Parse(before), WireListing.Parse(after));
        difference.Breaks.ShouldBeEmpty(addition);
        difference.Additions.ShouldHaveSingleItem(addition).ShouldContain(sentence);
    }

    [Fact(DisplayName = "[WI3] a listing has no difference to itself, in whatever order it is written")]
    public void Same()
    {
        var listing = WireListing.Parse($"{Record}\n\n{Call}\n\n{Fact}");
        var difference = WireComparer.Compare(listing, WireListing.Parse(listing.ToString()));
        difference.Breaks.ShouldBeEmpty();
        difference.Additions.ShouldBeEmpty();
    }
}
