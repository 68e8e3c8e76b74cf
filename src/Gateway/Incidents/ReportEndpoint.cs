using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Geo;
using GridMesh.Contracts.Grids;
using GridMesh.Contracts.Incidents;
using GridMesh.Gateway.Directory;
using GridMesh.Gateway.Plumbing.Descriptions;
using GridMesh.Gateway.Plumbing.Pipeline;
using GridMesh.Gateway.Plumbing.Problems;
using GridMesh.Gateway.Plumbing.Telemetry;

namespace GridMesh.Gateway.Incidents;

/// <summary><c>POST incidents</c>: which grid, who may, then the desk.</summary>
internal static class ReportEndpoint
{
    /// <summary>Longest reporter or reference in characters.</summary>
    public const int ReporterMax = 200;

    /// <summary>Longest category in characters.</summary>
    public const int CategoryMax = 64;

    private static readonly CommandPipeline<None, Report, ReportOutcome> s_reports = new()
    {
        Find = None.Find,
        Refuse = (call, _, report) =>
            Refusal(call.Me, report.Grid, call.View.Standards[report.Command.Category].Line),
        DecideAsync = DecideAsync,
        RejectOf = outcome => (outcome.Reject, null),
        Codes =
        [
            RejectCode.RoleMayNot, RejectCode.AreaIsOutsideYourOwn, RejectCode.LineIsOutsideYourOwn,
            RejectCode.LineDoesNotMatchCategory, RejectCode.CategoryIsUnknown, RejectCode.GridIsUnknown,
            RejectCode.GridHoldsTooManyOpenCases, RejectCode.GridHasNoNumbersLeftToday,
            RejectCode.CaseAlreadyReported,
        ],
    };

    public static void Map(IEndpointRouteBuilder api) =>
        s_reports.Map<ReportBody>(api, "incidents", Read, CommandAnswer<ReportOutcome>.Created(
                (_, outcome) => $"incidents/{outcome.Case!.Id}",
                (call, outcome) => outcome.Case!.ShowTo(call.Me)))
            .Describe(
                "reportIncident", "Report a case",
                "上报案件。Links of relation `similar` in the answer lead to open cases that may be the same matter.");

    private static Report Read(CommandCall call, None none, ReportBody body)
    {
        var check = call.Check;
        var category = Category(check, body.Category, call.View);
        var description = check.Text(body.Description, "description", IncidentCommand.TextMax);
        var position = check.Point(body.Position, "position");
        var line = check.OneOf<Line>(body.Line, "line");
        var severity = check.OneOf<Severity>(body.Severity, "severity");
        var source = check.OneOf<Source>(body.Source, "source") ?? DefaultSource(call.Me.Role);
        check.That(MaySay(call.Me.Role, source), "source", "is not this role's to say");
        var reporter = check.OptionalText(body.Reporter, "reporter", ReporterMax);
        check.That(
            call.Me.Role != Role.Resident || reporter is null || reporter == call.Me.Sub, "reporter",
            "of what a resident reports is the resident");
        var grid = GridOf(
            check, check.Area(body.Grid, "grid"), position, call.Me, call.View, call.Service<GridLocator>());
        return new Report(grid, new ReportIncident(
            call.Id, call.Me, category, description, position, line, severity, source, reporter, null));
    }

    private static async Task<ReportOutcome> DecideAsync(CommandCall call, None none, Report report)
    {
        var similar = call.Service<SimilarCases>();
        var outcome = await call.Service<IncidentService>().ReportAsync(
            report.Grid, report.Command, similar.Near(report.Command.Category, report.Command.Position));
        GatewayMeter.Acknowledge.Record(
            call.Elapsed.TotalMilliseconds, new KeyValuePair<string, object?>("command", "report"));
        if (outcome.Reject is null)
            await similar.LinkAsync(call.Context.Response, outcome, call.Me);

        return outcome;
    }

    /// <summary>What a case is to be filed under, or looked for by.</summary>
    public static string Category(Check check, string? text, DirectoryView view)
    {
        var category = check.Text(text, "category", CategoryMax);
        check.That(
            category.Length == 0 || view.Standards.ContainsKey(category), "category",
            "is none of the categories; see GET categories");
        return category;
    }

    private static RejectCode? Refusal(Actor me, AreaCode grid, Line line) =>
        me.Role == Role.Viewer ? RejectCode.RoleMayNot
        : !me.Sees(grid) ? RejectCode.AreaIsOutsideYourOwn
        : !me.Sees(line) ? RejectCode.LineIsOutsideYourOwn
        : null;

    /// <summary>
    /// The position decides; a grid named besides has to agree; without both, a worker means its own grid.
    /// </summary>
    private static AreaCode GridOf(
        Check check, AreaCode? named, GeoPoint? position, Actor me, DirectoryView view, GridLocator locator)
    {
        if (check.Failed)
            return default;

        if (named is { } grid)
            check.That(grid.Tier == Tier.Grid && view.Areas.ContainsKey(grid), "grid", "is no grid of the directory");

        if (position is { } point)
        {
            var found = locator.GridAt(point);
            check.That(found is not null || named is not null, "position", "lies in no grid");
            check.That(found is null || named is null || found == named, "grid", "is not the grid at the position");
            return found ?? named ?? default;
        }

        var own = me.Worker is { } worker && view.Workers.TryGetValue(worker, out var entry)
            ? entry.Grid
            : (AreaCode?)null;
        check.That(named is not null || own is not null, "position", "is required where no grid is named");
        return named ?? own ?? default;
    }

    /// <summary>What came by the hotline or a device is said by them, or by a desk.</summary>
    private static bool MaySay(Role role, Source source) => role switch
    {
        Role.Resident => source == Source.Resident,
        Role.Worker or Role.Lead => source is Source.Worker or Source.Resident,
        _ => true,
    };

    private static Source DefaultSource(Role role) => role switch
    {
        Role.Resident => Source.Resident,
        Role.Dispatcher or Role.Supervisor => Source.Hotline,
        _ => Source.Worker,
    };

    /// <summary>What is reported, and to which grid.</summary>
    private sealed record Report(AreaCode Grid, ReportIncident Command);
}
