using System.Globalization;
using GridMesh.Contracts.Access;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Clocks;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Patrols;
using GridMesh.Gateway.Access;
using GridMesh.Gateway.Areas;
using GridMesh.Gateway.Directory;
using GridMesh.Gateway.Problems;

namespace GridMesh.Gateway.Patrols;

internal sealed record PatrolReasonBody(string? Reason);

/// <summary>Plans and rounds of patrols (docs/patrols.md).</summary>
internal static class PatrolEndpoints
{
    /// <summary>As many days as patrols can be looked back at.</summary>
    private const int DaysBackMax = 60;

    public static void MapPatrols(this IEndpointRouteBuilder api)
    {
        api.MapPost("areas/{code}/patrol-plans", PlanAsync).WithSummary("Make a patrol plan of a grid")
            .Produces<PlanItem>(StatusCodes.Status201Created);
        api.MapGet("areas/{code}/patrol-plans", ListAsync).WithSummary("The patrol plans of an area that are walked");
        api.MapPost("areas/{code}/patrol-plans/{plan}/end", (
            string code, string plan, PatrolReasonBody body, HttpContext context, CurrentActor me,
            IDirectory directory, IClusterClient client) => DoAsync(
                code, body, context, me.Actor, directory, client,
                (id, by, reason) => new EndPatrol(id, by, plan, reason)))
            .WithSummary("End a patrol plan").Produces<PlanItem>();
        api.MapPost("areas/{code}/patrol-plans/{plan}/acknowledge", (
            string code, string plan, PatrolReasonBody body, HttpContext context, CurrentActor me,
            IDirectory directory, IClusterClient client) => DoAsync(
                code, body, context, me.Actor, directory, client,
                (id, by, reason) => new AcknowledgeMisses(id, by, plan, reason)))
            .WithSummary("Take note of what was missed of a plan: it is no alarm any more").Produces<PlanItem>();
        api.MapGet("areas/{code}/patrols", DayAsync).WithSummary("Rounds of a day and how far they are covered")
            .Produces<CoverageDetail>();
        api.MapCheckIns();
    }

    private static async Task<IResult> PlanAsync(
        string code, PlanBody body, HttpContext context, CurrentActor me, IDirectory directory, GridLocator locator,
        IClusterClient client)
    {
        if (AreaDoor.Refusal(code, me.Actor, directory.Current, out AreaCode grid, isForStaff: true) is { } refusal)
        {
            return refusal;
        }

        var check = new Check().That(grid.Tier == Tier.Grid, "code", "is the code of a grid");
        var id = Commands.Read(check, context, me.Actor);
        var plan = body.Read(check, $"P{id:N}"[..17], point => locator.GridAt(point) == grid);
        if (check.Failed)
        {
            return check.Problem;
        }

        if (!me.Actor.Sees(plan.Line))
        {
            return Problem.Of(RejectCode.LineIsOutsideYourOwn);
        }

        var outcome = await client.GetGrain<IPatrolGrain>(grid.Value).ExecuteAsync(new PlanPatrol(id, me.Actor, plan));
        return outcome.Reject is { } reject
            ? Problem.Of(reject)
            : Results.Created($"/api/v1/areas/{grid}/patrol-plans", PlanItem.Of(outcome.Plan!));
    }

    private static async Task<IResult> DoAsync(
        string code, PatrolReasonBody body, HttpContext context, Actor me, IDirectory directory, IClusterClient client,
        Func<Guid, Actor, string, PatrolCommand> read)
    {
        if (AreaDoor.Refusal(code, me, directory.Current, out AreaCode grid, isForStaff: true) is { } refusal)
        {
            return refusal;
        }

        var check = new Check().That(grid.Tier == Tier.Grid, "code", "is the code of a grid");
        var command = read(
            Commands.Read(check, context, me), me, check.Text(body.Reason, "reason", IncidentCommand.TextMax));
        if (check.Failed)
        {
            return check.Problem;
        }

        var outcome = await client.GetGrain<IPatrolGrain>(grid.Value).ExecuteAsync(command);
        return outcome.Reject is { } reject ? Problem.Of(reject) : Results.Ok(PlanItem.Of(outcome.Plan!));
    }

    private static async Task<IResult> ListAsync(
        string code, CurrentActor me, IDirectory directory, IClusterClient client)
    {
        if (AreaDoor.Refusal(code, me.Actor, directory.Current, out AreaCode area, isForStaff: true) is { } refusal)
        {
            return refusal;
        }

        var check = AreaDoor.Below(area);
        if (check.Failed)
        {
            return check.Problem;
        }

        var plans = await AreaDoor.AskGridsAsync(
            area, directory.Current, grid => client.GetGrain<IPatrolGrain>(grid.Value).GetPlansAsync());
        return Results.Ok(new { Items = plans.SelectMany(some => some).Select(PlanItem.Of) });
    }

    private static async Task<IResult> DayAsync(
        string code, string? day, CurrentActor me, IDirectory directory, IClusterClient client, TimeProvider time)
    {
        if (AreaDoor.Refusal(code, me.Actor, directory.Current, out AreaCode area, isForStaff: true) is { } refusal)
        {
            return refusal;
        }

        var today = ChinaTime.Day(time.GetUtcNow());
        var wanted = today;
        var check = AreaDoor.Below(area);
        check.That(
            day is null || DateOnly.TryParseExact(
                day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out wanted),
            "day", "is a day as 2026-05-01");
        check.That(
            wanted <= today && wanted >= today.AddDays(-DaysBackMax), "day",
            $"is today or at most {DaysBackMax} days back");
        if (check.Failed)
        {
            return check.Problem;
        }

        var number = ChinaTime.NumberOf(wanted);
        var days = await AreaDoor.AskGridsAsync(
            area, directory.Current, grid => client.GetGrain<IPatrolGrain>(grid.Value).GetDayAsync(number));
        var names = directory.Current.Areas;
        return Results.Ok(new CoverageDetail(
            CoverageDetail.TextOf(wanted),
            CoverageItem.Of(area, names[area].Name, days.SelectMany(one => one.Slots)),
            days.Where(one => !one.Slots.IsEmpty)
                .Select(one => CoverageItem.Of(one.Grid, names[one.Grid].Name, one.Slots)),
            area.Tier == Tier.Grid ? RoundItem.Of(days[0]) : null));
    }
}
