using System.Globalization;
using GridMesh.Contracts.Access;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Patrols;
using GridMesh.Gateway.Access;
using GridMesh.Gateway.Directory;
using GridMesh.Gateway.Problems;

namespace GridMesh.Gateway.Patrols;

internal sealed record PatrolReasonBody(string? Reason);

/// <summary>Plans and rounds of patrols (docs/patrols.md).</summary>
internal static class PatrolEndpoints
{
    /// <summary>As many days as patrols can be looked back at.</summary>
    private const int DaysBackMax = 60;

    private static readonly TimeSpan s_china = TimeSpan.FromHours(8);

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

    /// <summary>The grid that was named, or the answer why not.</summary>
    public static IResult? Refusal(string code, Actor me, IDirectory directory, out AreaCode area)
    {
        if (!AreaCode.TryParse(code, out area, out var reason))
        {
            return new Check().That(false, "code", reason).Problem;
        }

        return me.Role == Role.Resident ? Problem.Of(RejectCode.RoleMayNot)
            : !me.Sees(area) ? Problem.Of(RejectCode.AreaIsOutsideYourOwn)
            : !directory.Current.Areas.ContainsKey(area) ? Problem.Of(RejectCode.AreaIsUnknown)
            : null;
    }

    private static async Task<IResult> PlanAsync(
        string code, PlanBody body, HttpContext context, CurrentActor me, IDirectory directory, GridLocator locator,
        IClusterClient client)
    {
        if (Refusal(code, me.Actor, directory, out var grid) is { } refusal)
        {
            return refusal;
        }

        var check = new Check().That(grid.Tier == Tier.Grid, "code", "is the code of a grid");
        var id = CommandId(check, context, me.Actor);
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
        if (Refusal(code, me, directory, out var grid) is { } refusal)
        {
            return refusal;
        }

        var check = new Check().That(grid.Tier == Tier.Grid, "code", "is the code of a grid");
        var command = read(
            CommandId(check, context, me), me, check.Text(body.Reason, "reason", IncidentCommand.TextMax));
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
        if (Refusal(code, me.Actor, directory, out var area) is { } refusal)
        {
            return refusal;
        }

        var check = Below(area);
        if (check.Failed)
        {
            return check.Problem;
        }

        var plans = await AskAsync(
            area, directory, grid => client.GetGrain<IPatrolGrain>(grid.Value).GetPlansAsync());
        return Results.Ok(new { Items = plans.SelectMany(some => some).Select(PlanItem.Of) });
    }

    private static async Task<IResult> DayAsync(
        string code, string? day, CurrentActor me, IDirectory directory, IClusterClient client, TimeProvider time)
    {
        if (Refusal(code, me.Actor, directory, out var area) is { } refusal)
        {
            return refusal;
        }

        var today = DateOnly.FromDateTime(time.GetUtcNow().ToOffset(s_china).DateTime);
        var wanted = today;
        var check = Below(area);
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

        var number = (wanted.Year * 10_000) + (wanted.Month * 100) + wanted.Day;
        var days = await AskAsync(
            area, directory, grid => client.GetGrain<IPatrolGrain>(grid.Value).GetDayAsync(number));
        var names = directory.Current.Areas;
        return Results.Ok(new CoverageDetail(
            CoverageDetail.TextOf(wanted),
            CoverageItem.Of(area, names[area].Name, days.SelectMany(one => one.Slots)),
            days.Where(one => !one.Slots.IsEmpty)
                .Select(one => CoverageItem.Of(one.Grid, names[one.Grid].Name, one.Slots)),
            area.Tier == Tier.Grid ? RoundItem.Of(days[0]) : null));
    }

    /// <summary>One district has some hundreds of grids; nobody asks all those of a province at once.</summary>
    private static Check Below(AreaCode area) =>
        new Check().That(area.Tier >= Tier.District, "code", "is a district or what lies below it");

    private static Task<T[]> AskAsync<T>(AreaCode area, IDirectory directory, Func<AreaCode, Task<T>> ask) =>
        Task.WhenAll(directory.Current.Data.Areas
            .Where(entry => entry.Code.Tier == Tier.Grid && area.Contains(entry.Code))
            .Select(entry => ask(entry.Code)));

    public static Guid CommandId(Check check, HttpContext context, Actor me)
    {
        check.That(
            Commands.TryGetId(context, me, out var id), Commands.Header, $"has 1-{Commands.KeyMax} characters");
        return id;
    }
}
