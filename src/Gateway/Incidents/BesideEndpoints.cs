using GridMesh.Contracts.Access;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Incidents;
using GridMesh.Gateway.Problems;

namespace GridMesh.Gateway.Incidents;

/// <summary>Commands that do not lead from one step to the next (docs/cases.md).</summary>
internal static class BesideEndpoints
{
    /// <summary>Longest extension that is looked at, in hours; the standard's own limit is stricter.</summary>
    private const int HoursMax = 24 * 90;

    /// <summary>Longest id of a department in characters.</summary>
    private const int DepartmentMax = 64;

    /// <summary>All there are.</summary>
    private const int LinesMax = 7;

    public static void Map(IEndpointRouteBuilder api)
    {
        IncidentEndpoints.Map<ReasonBody>(api, "reopen", (check, body, id, me) =>
            new ReopenIncident(id, me, IncidentEndpoints.Reason(check, body.Reason)));
        IncidentEndpoints.Map<ReasonBody>(api, "escalate", (check, body, id, me) =>
            new EscalateIncident(id, me, IncidentEndpoints.Reason(check, body.Reason)));
        IncidentEndpoints.Map<HandBackBody>(api, "hand-back", HandBack);
        IncidentEndpoints.Map<ExtendBody>(api, "extend", Extend);
        IncidentEndpoints.Map<GrantBody>(api, "extension", (check, body, id, me) =>
            new DecideRequest(id, me, Yes(check, body), Why(check, body)));
        IncidentEndpoints.Map<ReasonBody>(api, "suspend", (check, body, id, me) =>
            new SuspendIncident(id, me, IncidentEndpoints.Reason(check, body.Reason)));
        IncidentEndpoints.Map<EmptyBody>(api, "resume", (_, _, id, me) => new ResumeIncident(id, me));
        IncidentEndpoints.Map<SuperviseBody>(api, "supervise", Supervise);
        IncidentEndpoints.Map<MergeBody>(api, "merge", Merge);
        IncidentEndpoints.Map<ReasonBody>(api, "appeal", (check, body, id, me) =>
            new AppealIncident(id, me, IncidentEndpoints.Reason(check, body.Reason)));
        IncidentEndpoints.Map<GrantBody>(api, "review", (check, body, id, me) =>
            new ReviewAppeal(id, me, Yes(check, body), Why(check, body)));
        IncidentEndpoints.Map<ReasonBody>(api, "remind", (check, body, id, me) =>
            new RemindIncident(id, me, IncidentEndpoints.Reason(check, body.Reason)));
        IncidentEndpoints.Map<LinesBody>(api, "lines", CallLines);
        IncidentEndpoints.Map<FeedbackBody>(api, "note", (check, body, id, me) =>
            new NoteIncident(id, me, check.Text(body.Text, "text", IncidentCommand.TextMax)));
        IncidentEndpoints.Map<SummonBody>(api, "summon", Summon);
        IncidentEndpoints.Map<EmptyBody>(api, "check-in", (_, _, id, me) => new CheckIn(id, me));
    }

    private static HandBackIncident HandBack(Check check, HandBackBody body, Guid id, Actor me)
    {
        if (!AreaCode.TryParse(body.To, out var to, out var reason))
        {
            check.That(false, "to", reason);
        }

        return new HandBackIncident(id, me, to, IncidentEndpoints.Reason(check, body.Reason));
    }

    private static AskExtension Extend(Check check, ExtendBody body, Guid id, Actor me)
    {
        check.That(body.Hours is >= 1 and <= HoursMax, "hours", $"is 1-{HoursMax}, on the clock of the case");
        return new AskExtension(id, me, body.Hours ?? 0, IncidentEndpoints.Reason(check, body.Reason));
    }

    private static SuperviseIncident Supervise(Check check, SuperviseBody body, Guid id, Actor me)
    {
        var kind = check.OneOf<SupervisionKind>(body.Kind ?? nameof(SupervisionKind.Leader), "kind");
        check.That(kind != SupervisionKind.Timeout, "kind", "is Leader or Important; Timeout is the clock's");
        check.That(
            body.Level is >= 1 and <= Supervision.LevelMax, "level", $"is 1-{Supervision.LevelMax}");
        return new SuperviseIncident(
            id, me, kind ?? default, body.Level ?? 0, IncidentEndpoints.Reason(check, body.Reason));
    }

    private static MergeIncident Merge(Check check, MergeBody body, Guid id, Actor me)
    {
        if (!CaseNumber.TryParse(body.Into ?? "", out var into, out var reason))
        {
            check.That(false, "into", reason);
        }

        return new MergeIncident(id, me, into);
    }

    private static SummonDepartments Summon(Check check, SummonBody body, Guid id, Actor me)
    {
        var departments = body.Departments ?? [];
        check.That(
            departments.Count is >= 1 and <= Summons.DepartmentsMax, "departments",
            $"has 1-{Summons.DepartmentsMax} ids");
        check.That(
            departments.All(one => one is { Length: > 0 and <= DepartmentMax })
                && departments.Distinct().Count() == departments.Count,
            "departments", $"are ids of 1-{DepartmentMax} characters, each once");
        check.That(body.By is not null, "by", "is required");
        return new SummonDepartments(
            id, me, [.. departments], body.By ?? default, IncidentEndpoints.Reason(check, body.Reason));
    }

    private static CallLines CallLines(Check check, LinesBody body, Guid id, Actor me)
    {
        var lines = body.Lines ?? [];
        check.That(lines.Count is >= 1 and <= LinesMax, "lines", $"has 1-{LinesMax} lines");
        var known = lines.Take(LinesMax).Select(line => check.OneOf<Line>(line, "lines")).OfType<Line>().Distinct();
        return new CallLines(id, me, [.. known], IncidentEndpoints.Reason(check, body.Reason));
    }

    private static bool Yes(Check check, GrantBody body)
    {
        check.That(body.Grant is not null, "grant", "is required");
        return body.Grant ?? false;
    }

    /// <summary>A no is explained, a yes may be.</summary>
    private static string? Why(Check check, GrantBody body) => body.Grant is false
        ? IncidentEndpoints.Reason(check, body.Reason)
        : check.OptionalText(body.Reason, "reason", IncidentCommand.TextMax);
}
