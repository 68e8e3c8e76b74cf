using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;

namespace GridMesh.Contracts.Incidents;

/// <summary>What of a case is shown to whom: the one place that says so.</summary>
public static class CaseSight
{
    /// <summary>
    /// Whoever works in its area on its line, on one that was called to it, or as its owner; a department that it was
    /// called to, while the case is open; and of residents its reporter.
    /// </summary>
    public static bool Sees(this Actor me, IncidentView incident) =>
        me.Role == Role.Resident ? me.IsReporterOf(incident)
        : me.Sees(incident.Grid) && (me.Sees(incident.Line, incident.AlsoLines ?? []) || me.Id == incident.Owner
            || (incident.Step.IsOpen() && incident.Marks?.HasSummoned(me.Id) == true));

    /// <summary>The case as this actor sees it.</summary>
    /// <remarks>
    /// Who reported is personal, who disputes is more so. Viewers see neither, and words without the people in them.
    /// The reporter sees what it said itself, and of the rest what the public hears; another resident, who may have
    /// rated it, no more than the public does.
    /// </remarks>
    public static IncidentView ShowTo(this IncidentView incident, Actor me) => me.Role switch
    {
        Role.Viewer => WithoutPersons(incident),
        Role.Resident => ToResident(incident, me.IsReporterOf(incident)),
        _ => incident,
    };

    /// <summary>
    /// Who is shown numbers whole: desks, inspectors and leaders, the owner, and the reporter its own.
    /// </summary>
    public static bool MayCall(this Actor me, IncidentView incident) =>
        me.Role is Role.Lead or Role.Dispatcher or Role.Supervisor or Role.Inspector or Role.Admin
        || me.Id == incident.Owner || me.IsReporterOf(incident);

    private static bool IsReporterOf(this Actor me, IncidentView incident) =>
        me.Sub == incident.Reporter || (incident.History is [{ Fact: var report }, ..] && report.By == me.Id);

    private static IncidentView WithoutPersons(IncidentView incident) => incident with
    {
        Description = PersonalText.Mask(incident.Description),
        Reporter = null,
        Mediation = null,
        Marks = incident.Marks?.WithoutPersons(),
        History = [.. incident.History.Select(entry => entry with { Fact = entry.Fact.WithoutPersons() })],
    };

    private static IncidentView ToResident(IncidentView incident, bool isReporter)
    {
        var shown = WithoutPersons(incident) with
        {
            Marks = null,
            Photos = null,
            History = [.. incident.History.Where(entry => CaseFactAttribute.All[entry.Fact.GetType()].IsPublic)
                .Select(entry => isReporter && entry.Fact is IncidentReported
                    ? entry
                    : entry with { Fact = entry.Fact.WithoutPersons() })],
        };
        return isReporter
            ? shown with
            {
                Description = incident.Description, Reporter = incident.Reporter, Photos = incident.Photos,
            }
            : shown;
    }
}
