using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Json;

namespace GridMesh.Demo.Tables;

/// <summary>
/// Escalation ladders of the demo, one for each severity, so that the desks above see what is late by the clock alone.
/// Columns: severity, step, minutes past its deadline, then up for a desk one tier up or the level of supervision.
/// </summary>
internal static class LadderTable
{
    private const string Rows = """
        Normal Reported 30 up
        Normal Dispatched 60 up
        Normal Handling 120 2
        Normal Handling 480 up
        Normal Inspecting 60 up
        Urgent Reported 30 up
        Urgent Dispatched 30 up
        Urgent Handling 30 up
        Urgent Handling 30 2
        Urgent Handling 120 up
        Urgent Handling 120 3
        Urgent Inspecting 30 up
        Major Reported 15 up
        Major Dispatched 15 up
        Major Handling 15 up
        Major Handling 15 2
        Major Handling 30 3
        Major Handling 60 up
        Major Inspecting 30 up
        """;

    public static ImmutableArray<LadderRow> All { get; } = [.. Rows.Split('\n').Select(Parse)];

    private static LadderRow Parse(string row)
    {
        var cells = row.Split(' ');
        var (step, after) = (EnumName.Parse<Step>(cells[1]), int.Parse(cells[2]));
        return new LadderRow(null, null, EnumName.Parse<Severity>(cells[0]), cells[3] == "up"
            ? new Rung(step, after, RungAction.Escalate)
            : new Rung(step, after, RungAction.Supervise, int.Parse(cells[3])));
    }
}
