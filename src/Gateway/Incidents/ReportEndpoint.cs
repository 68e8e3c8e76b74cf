using GridMesh.Contracts.Access;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;
using GridMesh.Gateway.Access;
using GridMesh.Gateway.Directory;
using GridMesh.Gateway.Problems;
using GridMesh.Gateway.Telemetry;

namespace GridMesh.Gateway.Incidents;

/// <summary><c>POST incidents</c>: validate, who may, which grid, then the desk.</summary>
internal static class ReportEndpoint
{
    /// <summary>Longest reporter or reference in characters.</summary>
    public const int ReporterMax = 200;

    /// <summary>Longest category in characters.</summary>
    public const int CategoryMax = 64;

    public static async Task<IResult> PostAsync(
        ReportBody body, HttpContext context, CurrentActor me, IDirectory directory, GridLocator locator,
        IncidentDesk desk, SimilarCases similar, TimeProvider time)
    {
        var started = time.GetTimestamp();
        var check = new Check();
        var id = Commands.Read(check, context, me.Actor);
        var category = Category(check, body.Category, directory.Current);
        var description = check.Text(body.Description, "description", IncidentCommand.TextMax);
        var position = check.Point(body.Position, "position");
        var line = check.OneOf<Line>(body.Line, "line");
        var severity = check.OneOf<Severity>(body.Severity, "severity");
        var source = check.OneOf<Source>(body.Source, "source") ?? DefaultSource(me.Actor.Role);
        var reporter = check.OptionalText(body.Reporter, "reporter", ReporterMax);
        var grid = GridOf(check, check.Area(body.Grid, "grid"), position, me.Actor, directory.Current, locator);
        if (check.Failed)
        {
            return check.Problem;
        }

        if (Refusal(me.Actor, grid, directory.Current.Standards[category].Line) is { } refusal)
        {
            return Problem.Of(refusal);
        }

        var outcome = await desk.ReportAsync(grid, new ReportIncident(
            id, me.Actor, category, description, position, line, severity, source, reporter, null),
            similar.Near(category, position));
        GatewayMeter.Acknowledge.Record(
            time.GetElapsedTime(started).TotalMilliseconds, new KeyValuePair<string, object?>("command", "report"));
        if (outcome.Reject is { } reject)
        {
            return Problem.Of(reject);
        }

        await similar.LinkAsync(context.Response, outcome, me.Actor);
        return Results.Created($"/api/v1/incidents/{outcome.Case!.Id}", CaseShape.For(me.Actor, outcome.Case));
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
        {
            return default;
        }

        if (named is { } grid)
        {
            check.That(grid.Tier == Tier.Grid && view.Areas.ContainsKey(grid), "grid", "is no grid of the directory");
        }

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

    private static Source DefaultSource(Role role) => role switch
    {
        Role.Resident => Source.Resident,
        Role.Dispatcher or Role.Supervisor => Source.Hotline,
        _ => Source.Worker,
    };
}
