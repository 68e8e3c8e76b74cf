using System.ComponentModel.DataAnnotations;
using GridMesh.Contracts.Access;
using GridMesh.Contracts.Clocks;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Patrols;
using GridMesh.Gateway.Directory;
using GridMesh.Gateway.Plumbing.Access;
using GridMesh.Gateway.Plumbing.Answers;
using GridMesh.Gateway.Plumbing.Descriptions;
using GridMesh.Gateway.Plumbing.Input;
using GridMesh.Gateway.Plumbing.Pipeline;
using GridMesh.Gateway.Plumbing.Problems;

namespace GridMesh.Gateway.Patrols;

/// <summary>Plans and rounds of patrols (docs/patrols.md).</summary>
internal static class PatrolEndpoints
{
    /// <summary>As many days as patrols can be looked back at.</summary>
    private const int DaysBackMax = 60;

    private static readonly CommandPipeline<AreaCode, PatrolCommand, PatrolOutcome> s_plans = new()
    {
        Find = Targets.Grid,
        Refuse = (call, _, command) => command is PlanPatrol plan && !call.Me.Sees(plan.Plan.Line)
            ? RejectCode.LineIsOutsideYourOwn
            : null,
        DecideAsync = (call, grid, command) => call.Grain<IPatrolGrain>(grid.Value).ExecuteAsync(command),
        RejectOf = outcome => (outcome.Reject, null),
        Codes = Targets.GridCodes,
    };

    private static readonly CommandAnswer<PatrolOutcome> s_plan =
        CommandAnswer<PatrolOutcome>.Ok((_, outcome) => PlanItem.Of(outcome.Plan!));

    public static void MapPatrols(this IEndpointRouteBuilder api)
    {
        s_plans.Map<PlanBody>(api, "areas/{code}/patrol-plans", Plan, CommandAnswer<PatrolOutcome>.Created(
                (call, _) => $"areas/{call.Path("code")}/patrol-plans", (_, outcome) => PlanItem.Of(outcome.Plan!)))
            .Describe("planPatrol", "Make a patrol plan of a grid", "制定巡查计划")
            .Refuses(
                RejectCode.LineIsOutsideYourOwn, RejectCode.OnlyTheGridLeaderOrItsDesksMayPlan,
                RejectCode.PlanExistsAlready, RejectCode.GridHoldsTooManyPlans);
        s_plans.Map<PatrolReasonBody>(
                api, "areas/{code}/patrol-plans/{plan}/end", (call, _, body) =>
                    new EndPatrol(call.Id, call.Me, call.Path("plan"), Reason(call, body)),
                s_plan)
            .Describe("endPatrolPlan", "End a patrol plan", "终止巡查计划")
            .Refuses(
                RejectCode.OnlyTheGridLeaderOrItsDesksMayPlan, RejectCode.PlanIsUnknown, RejectCode.PlanHasEnded,
                RejectCode.LineIsOutsideYourOwn);
        s_plans.Map<PatrolReasonBody>(
                api, "areas/{code}/patrol-plans/{plan}/acknowledge", (call, _, body) =>
                    new AcknowledgeMisses(call.Id, call.Me, call.Path("plan"), Reason(call, body)),
                s_plan)
            .Describe(
                "acknowledgeMisses", "Take note of what was missed of a plan: it is no alarm any more",
                "漏巡已阅，不再告警")
            .Refuses(RejectCode.PlanIsUnknown, RejectCode.NothingIsMissed, RejectCode.LineIsOutsideYourOwn);
        api.MapGet("areas/{code}/patrol-plans", ListAsync)
            .Describe("listPatrolPlans", "The patrol plans of an area that are walked", "在用的巡查计划")
            .Produces<Page<PlanItem>>().Refuses(Targets.GridCodes);
        api.MapGet("areas/{code}/patrols", DayAsync)
            .Describe("getPatrols", "Rounds of a day and how far they are covered", "一天的巡查与覆盖率")
            .Produces<CoverageDetail>().Refuses(Targets.GridCodes);
        api.MapCheckIns();
    }

    private static string Reason(CommandCall call, PatrolReasonBody body) =>
        call.Check.Text(body.Reason, "reason", IncidentCommand.TextMax);

    private static PlanPatrol Plan(CommandCall call, AreaCode grid, PlanBody body)
    {
        var locator = call.Service<GridLocator>();
        return new PlanPatrol(call.Id, call.Me, body.Read(
            call.Check, $"P{call.Id:N}"[..17], point => locator.GridAt(point) == grid));
    }

    private static async Task<IResult> ListAsync(
        string code, CurrentActor me, IDirectory directory, IClusterClient client)
    {
        if (AreaAccess.Refusal(code, me.Actor, directory.Current, out AreaCode area, isForStaff: true) is { } refusal)
            return refusal;

        var check = AreaAccess.Below(area);
        if (check.Failed)
            return check.Problem;

        var plans = await AreaAccess.AskGridsAsync(
            area, directory.Current, grid => client.GetGrain<IPatrolGrain>(grid.Value).GetPlansAsync());
        return Results.Ok(new Page<PlanItem>([
            .. plans.SelectMany(some => some).Where(one => me.Actor.Sees(one.Plan.Line)).Select(PlanItem.Of),
        ]));
    }

    /// <summary>The rounds of the actor's lines: of plans that are walked, where it is limited to some.</summary>
    private static async Task<PatrolDay> OfLinesAsync(Actor me, IPatrolGrain grain, int number)
    {
        var day = await grain.GetDayAsync(number);
        if (me.Lines.IsDefaultOrEmpty)
            return day;

        var plans = (await grain.GetPlansAsync()).Where(one => me.Sees(one.Plan.Line)).Select(one => one.Plan.Id)
            .ToHashSet();
        return day with { Slots = [.. day.Slots.Where(slot => plans.Contains(slot.Slot.Plan))] };
    }

    private static async Task<IResult> DayAsync(
        string code, [RegularExpression(TextForms.Day)] string? day, CurrentActor me, IDirectory directory,
        IClusterClient client, TimeProvider time)
    {
        if (AreaAccess.Refusal(code, me.Actor, directory.Current, out AreaCode area, isForStaff: true) is { } refusal)
            return refusal;

        var today = ChinaTime.Day(time.GetUtcNow());
        var check = AreaAccess.Below(area);
        var wanted = day is null ? today : check.Day(day, "day").GetValueOrDefault();
        check.That(
            wanted <= today && wanted >= today.AddDays(-DaysBackMax), "day",
            $"is today or at most {DaysBackMax} days back");
        if (check.Failed)
            return check.Problem;

        var number = ChinaTime.NumberOf(wanted);
        var days = await AreaAccess.AskGridsAsync(
            area, directory.Current, grid => OfLinesAsync(me.Actor, client.GetGrain<IPatrolGrain>(grid.Value), number));
        var names = directory.Current.Areas;
        return Results.Ok(new CoverageDetail(
            CoverageDetail.TextOf(wanted),
            CoverageItem.Of(area, names[area].Name, days.SelectMany(one => one.Slots)),
            days.Where(one => !one.Slots.IsEmpty)
                .Select(one => CoverageItem.Of(one.Grid, names[one.Grid].Name, one.Slots)),
            area.Tier == Tier.Grid ? RoundItem.Of(days[0]) : null));
    }
}
