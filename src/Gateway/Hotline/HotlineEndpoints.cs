using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;
using GridMesh.Gateway.Directory;
using GridMesh.Gateway.Incidents;
using GridMesh.Gateway.Plumbing.Descriptions;
using GridMesh.Gateway.Plumbing.Pipeline;
using GridMesh.Gateway.Plumbing.Problems;

namespace GridMesh.Gateway.Hotline;

/// <summary>
/// Orders of the hotline 12345 come in, once for each number; how far they are is asked for here, or told by a
/// subscription with <c>ordersOnly</c>.
/// </summary>
internal static class HotlineEndpoints
{
    private static readonly CommandPipeline<None, RemindIncident, CommandOutcome> s_reminders = new()
    {
        Find = (CommandCall call, out None none) =>
        {
            none = default;
            var (me, problem) = call.Service<HotlineAccess>().Admit(call.Context);
            call.Me = me!;
            return problem;
        },
        // No such order: no case, and no word of the grain either.
        DecideAsync = async (call, _, reminder) =>
            await call.Service<HotlineAccess>().FindAsync(call.Me, call.Path("number")) is { } incident
                ? await call.Service<IncidentService>().ExecuteAsync(incident.Id, reminder)
                : new CommandOutcome(null, null),
        RejectOf = outcome => (outcome.Reject, null),
        Codes = [RejectCode.CaseIsClosed, RejectCode.RoleMayNot, RejectCode.TooManyReminders],
    };

    private static readonly CommandAnswer<CommandOutcome> s_order = new(
        StatusCodes.Status200OK, typeof(OrderView),
        (_, outcome) => outcome.Case is { } incident ? Results.Ok(OrderView.Of(incident)) : NotFound());

    public static void MapHotline(this IEndpointRouteBuilder api)
    {
        var orders = api.MapGroup("hotline/orders").AllowAnonymous()
            .WithMetadata(new SecurityMark(SecurityMark.HotlineKey, IsOptional: false));
        orders.MapPost("", PostAsync)
            .Describe(
                "postOrder", "An order of the hotline becomes a case, once for its number", "12345 转办工单，同号只立一案")
            .Produces<OrderView>(StatusCodes.Status201Created).Produces<OrderView>()
            .Refuses(ProblemCode.KeyIsMissingOrUnknown, ProblemCode.OrderIsAnother)
            .Refuses(
                RejectCode.AreaIsOutsideYourOwn, RejectCode.CategoryIsUnknown, RejectCode.GridIsUnknown,
                RejectCode.GridHoldsTooManyOpenCases, RejectCode.GridHasNoNumbersLeftToday,
                RejectCode.CaseAlreadyReported);
        orders.MapGet("{number}", GetAsync)
            .Describe("getOrder", "How far an order is", "工单进度")
            .Produces<OrderView>().Refuses(ProblemCode.KeyIsMissingOrUnknown, ProblemCode.OrderNotFound);
        s_reminders.Map<ReasonBody>(orders, "{number}/reminders", ReadReminder, s_order)
            .Describe("remindOrder", "Ask when an order will be done", "催办工单")
            .Refuses(ProblemCode.KeyIsMissingOrUnknown, ProblemCode.OrderNotFound);
    }

    private static async Task<IResult> PostAsync(
        OrderBody body, HttpContext context, HotlineAccess access, IDirectory directory, GridLocator locator,
        IncidentService service)
    {
        var (me, problem) = access.Admit(context);
        if (problem is not null)
            return problem;

        var check = new Check();
        var view = directory.Current;
        var grid = GridOf(check, body, view, locator);
        var report = Read(check, body, me!, view);
        if (check.Failed)
            return check.Problem;

        if (!me!.Sees(grid))
            return Problem.Of(RejectCode.AreaIsOutsideYourOwn);

        var isNew = await access.FindAsync(me, body.Number!) is null;
        var outcome = await service.ReportAsync(grid, report);
        if (outcome.Reject is { } reject && reject != RejectCode.CommandIdAlreadyUsed)
            return Problem.Of(reject);

        // The number is the order's key: what came under it before is compared like any command that is sent again.
        // Of cases from before that was so, the first answer says what the number stood for.
        if (outcome is not { Reject: null, Case: { } made } || !IsSame(report, grid, made, view))
            return Problem.Of(ProblemCode.OrderIsAnother, "This number has come before, with something else in it.");

        var answer = OrderView.Of(isNew ? made : await service.FindAsync(made.Id) ?? made);
        return isNew ? Results.Created($"/api/v1/hotline/orders/{answer.Number}", answer) : Results.Ok(answer);
    }

    private static async Task<IResult> GetAsync(string number, HttpContext context, HotlineAccess access)
    {
        var (me, problem) = access.Admit(context);
        return problem
            ?? (await access.FindAsync(me!, number) is { } incident ? Results.Ok(OrderView.Of(incident)) : NotFound());
    }

    private static RemindIncident ReadReminder(CommandCall call, None none, ReasonBody body) =>
        new(call.Id, call.Me, call.Check.Text(body.Reason, "reason", IncidentCommand.TextMax));

    private static ReportIncident Read(Check check, OrderBody body, Actor me, DirectoryView view)
    {
        check.That(
            HotlineAccess.IsNumber(body.Number), "number",
            $"has 1-{HotlineOrder.NumberMax} letters, digits, '-', '_' or '.'");
        var kind = check.OneOf<HotlineKind>(body.Kind, "kind");
        check.That(body.Kind is { Length: > 0 }, "kind", "is required");
        var category = ReportEndpoint.Category(check, body.Category, view);
        return new ReportIncident(
            HotlineAccess.CommandOf(me, body.Number ?? ""), me, category,
            check.Text(body.Description, "description", IncidentCommand.TextMax),
            check.Point(body.Position, "position"), null, check.OneOf<Severity>(body.Severity, "severity"),
            Source.Hotline, check.OptionalText(body.Reporter, "reporter", ReportEndpoint.ReporterMax), null,
            new HotlineOrder(body.Number ?? "", kind ?? default));
    }

    private static AreaCode GridOf(Check check, OrderBody body, DirectoryView view, GridLocator locator)
    {
        if (body.Position is { IsValid: true } point)
        {
            var found = locator.GridAt(point);
            check.That(found is not null, "position", "lies in no grid");
            check.That(
                found is null || string.IsNullOrEmpty(body.Grid) || found.Value.Value == body.Grid, "grid",
                "is not the grid at the position");
            return found ?? default;
        }

        var named = check.Area(body.Grid, "grid");
        check.That(named is not null || body.Position is not null, "position", "is required where no grid is named");
        check.That(
            named is null || (named.Value.Tier == Tier.Grid && view.Areas.ContainsKey(named.Value)), "grid",
            "is no grid of the directory");
        return named ?? default;
    }

    /// <summary>Whether the case is what the order says; who passed it on does not count.</summary>
    private static bool IsSame(ReportIncident wanted, AreaCode grid, IncidentView made, DirectoryView view) =>
        made.History[0].Fact is IncidentReported first && made.Grid == grid
        && first.Order == wanted.Order && first.Category == wanted.Category && first.Description == wanted.Description
        && first.Position == wanted.Position && first.Reporter == wanted.Reporter
        && first.Severity == (wanted.Severity ?? view.Standards[wanted.Category].Severity);

    private static IResult NotFound() => Problem.Of(ProblemCode.OrderNotFound);
}
