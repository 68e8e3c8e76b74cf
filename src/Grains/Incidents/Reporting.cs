using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;

namespace GridMesh.Grains.Incidents;

/// <summary>A case begins 上报; an alarm that is seen again is the same case.</summary>
internal sealed class Reporting : CaseTopic
{
    public Reporting()
    {
        Decide<ReportIncident>(Again);
        Fold<IncidentSeenAgain>((state, fact) => state with { LastSeenAt = fact.At });
    }

    /// <summary>There is no case under the number yet.</summary>
    public static Decision First(CaseNumber number, ReportIncident c, CaseRules rules)
    {
        if (!rules.Directory.Standards.TryGetValue(c.Category, out var standard))
            return RejectCode.CategoryIsUnknown;

        if (c.Line is { } line && line != standard.Line)
            return RejectCode.LineDoesNotMatchCategory;

        if (!rules.Directory.Areas.ContainsKey(number.Grid))
            return RejectCode.GridIsUnknown;

        var (limit, clock) = c.Order is { } order
            ? HotlineLimits.Of(order.Kind, rules.Now)
            : (standard.Limit, standard.Clock);
        var severity = c.Severity ?? standard.Severity;
        return new IncidentReported(
            rules.Now, c.By.Id, c.Category, standard.Line, severity, c.Description, c.Position,
            c.Source, c.Reporter, c.AlarmKey, rules.Now + StageLimits.Dispatch, limit, clock, c.Order,
            rules.Ladders.For(standard, severity));
    }

    private static Decision Again(IncidentState state, ReportIncident c, CaseRules rules)
    {
        if (c.AlarmKey is null || c.AlarmKey != state.Report.AlarmKey || !state.Step.IsOpen())
            return RejectCode.CaseAlreadyReported;

        return rules.Now - state.LastSeenAt < StageLimits.SeenAgain
            ? Decision.Nothing
            : new IncidentSeenAgain(rules.Now, c.By.Id, c.Description);
    }
}
