namespace GridMesh.Load.Districts;

/// <summary>A command that brings a case one step on, who gives it, and the fact that the history gets by it.</summary>
internal sealed record LoopStep(string Name, string Token, object Body, string Fact)
{
    /// <summary>From the report on, in their order; somebody else than the owner inspects.</summary>
    public static LoopStep[] Of(string dispatcher, string inspector, string resident, string worker, string owner) =>
    [
        new("dispatch", dispatcher, new { owner }, "IncidentDispatched"),
        new("accept", worker, new { }, "IncidentAccepted"),
        new("resolve", worker, new { result = "已现场处置完毕" }, "IncidentResolved"),
        new("inspect", inspector, new { pass = true }, "InspectionPassed"),
        new("feedback", dispatcher, new { text = "已电话告知" }, "ReporterTold"),
        new("evaluate", resident, new { score = 5 }, "IncidentEvaluated"),
    ];
}
