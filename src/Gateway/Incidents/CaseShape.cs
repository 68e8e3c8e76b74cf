using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;

namespace GridMesh.Gateway.Incidents;

/// <summary>What of a case is shown to whom.</summary>
internal static class CaseShape
{
    /// <summary>
    /// Who reported is personal: viewers and residents other than the reporter do not see it. Who disputes is more so:
    /// no viewer and no resident sees it, the reporter neither.
    /// </summary>
    public static IncidentView For(Actor me, IncidentView incident) =>
        WithoutReporter(me, me.Role is Role.Viewer or Role.Resident ? WithoutParties(incident) : incident);

    private static IncidentView WithoutParties(IncidentView incident) => incident.Mediation is null
        ? incident
        : incident with
        {
            Mediation = null,
            History = [.. incident.History.Select(entry => entry with { Fact = Public(entry.Fact) })],
        };

    /// <summary>That there was something, and how it ended: no names, and no words that were said.</summary>
    private static IncidentFact Public(IncidentFact fact) => fact switch
    {
        PartiesNamed named => named with { Parties = [] },
        MediationHeld held => held with
        {
            Session = held.Session with { Mediator = string.Empty, Text = string.Empty, Agreement = null },
        },
        _ => fact,
    };

    private static IncidentView WithoutReporter(Actor me, IncidentView incident) =>
        me.Role is Role.Viewer || (me.Role is Role.Resident && incident.Reporter != me.Sub)
            ? incident with
            {
                Reporter = null,
                History = [.. incident.History.Select(entry => entry.Fact is IncidentReported report
                    ? entry with { Fact = report with { Reporter = null } }
                    : entry)],
            }
            : incident;

    public static IncidentItem ItemOf(CaseRow row) => new(
        row.Number, row.Number.Grid, row.Step, row.Version, row.Category, row.Line, row.Severity, row.Description,
        row.Position, row.ReportedAt, row.Source, row.Owner, row.Desk, row.DueAt, row.Overdue,
        row.AlsoLines == 0 ? null : Lines.OfBits(row.AlsoLines));
}
