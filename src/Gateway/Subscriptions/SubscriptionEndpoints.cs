using System.ComponentModel.DataAnnotations;
using System.Globalization;
using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Storage;
using GridMesh.Contracts.Subscriptions;
using GridMesh.Gateway.Plumbing.Access;
using GridMesh.Gateway.Plumbing.Answers;
using GridMesh.Gateway.Plumbing.Descriptions;
using GridMesh.Gateway.Plumbing.Pipeline;
using GridMesh.Gateway.Plumbing.Problems;

namespace GridMesh.Gateway.Subscriptions;

/// <summary>Who is told of what: supervisors and departments subscribe, within area and lines of the token.</summary>
internal static class SubscriptionEndpoints
{
    private const int LimitDefault = 50;
    private const int LimitMax = 200;

    private static readonly CommandPipeline<None, Subscription, SubscriptionOutcome> s_subscriptions = new()
    {
        Find = (CommandCall call, out None none) =>
        {
            none = default;
            return May(call.Me, call.View) ? null : Problem.Of(RejectCode.RoleMayNot);
        },
        Refuse = (call, _, wanted) => call.Me.Sees(wanted.Area) ? null : RejectCode.AreaIsOutsideYourOwn,
        DecideAsync = (call, _, wanted) => call.Grain<ISubscriptionGrain>(wanted.Id).CreateAsync(wanted),
        RejectOf = _ => (null, null),
        Codes = [RejectCode.RoleMayNot, RejectCode.AreaIsOutsideYourOwn],
    };

    private static readonly CommandAnswer<SubscriptionOutcome> s_created = new(
        StatusCodes.Status201Created, typeof(SubscriptionItem), (_, outcome) => outcome switch
        {
            { UrlProblem: { } problem } => new Check().That(false, "url", problem).Problem,
            { Subscription: { } made } => Results.Created(
                $"/api/v1/subscriptions/{made.Id}", SubscriptionItem.Of(made)),
            _ => Problem.Of(
                ProblemCode.TooManySubscriptions,
                $"There are {Subscription.CountMax} already, or {Subscription.OwnMax} of your own."),
        });

    public static void MapSubscriptions(this IEndpointRouteBuilder api)
    {
        s_subscriptions.Map<SubscriptionBody>(api, "subscriptions", Read, s_created)
            .Describe("subscribe", "Subscribe an address to the facts of an area's cases", "订阅案件进展")
            .Refuses(ProblemCode.TooManySubscriptions);
        api.MapGet("subscriptions", ListAsync)
            .Describe("listSubscriptions", "Subscriptions within the own area", "本区域的订阅")
            .Produces<Page<SubscriptionItem>>().Refuses(RejectCode.RoleMayNot);
        Existing(api.MapGet("subscriptions/{id}", GetAsync))
            .Describe("getSubscription", "A subscription and how it is doing", "订阅及其投递情况")
            .Produces<SubscriptionItem>();
        Existing(api.MapDelete("subscriptions/{id}", DeleteAsync))
            .Describe("unsubscribe", "End a subscription; its dead letters go with it", "取消订阅")
            .Produces(StatusCodes.Status204NoContent);
        Existing(api.MapGet("subscriptions/{id}/dead-letters", DeadAsync))
            .Describe("listDeadLetters", "Events that could not be delivered", "未能投递的事件")
            .Produces<Page<DeadLetterItem>>();
        Existing(api.MapPost("subscriptions/{id}/dead-letters/{number:long}/resend", ResendAsync))
            .Describe("resendDeadLetter", "Send a dead letter once more, now", "立即重发")
            .Produces<ResendItem>().Refuses(ProblemCode.DeadLetterNotFound);
        Existing(api.MapDelete("subscriptions/{id}/dead-letters/{number:long}", DropAsync))
            .Describe("dropDeadLetter", "Give a dead letter up", "放弃投递")
            .Produces(StatusCodes.Status204NoContent).Refuses(ProblemCode.DeadLetterNotFound);
    }

    private static RouteHandlerBuilder Existing(RouteHandlerBuilder endpoint) =>
        endpoint.Refuses(RejectCode.RoleMayNot).Refuses(ProblemCode.SubscriptionNotFound);

    private static Subscription Read(CommandCall call, None none, SubscriptionBody body)
    {
        var (check, me) = (call.Check, call.Me);
        var name = check.Text(body.Name, "name", Subscription.NameMax);
        var url = check.Text(body.Url, "url", Subscription.UrlMax);
        check.That(
            body.Secret is { Length: >= Subscription.SecretMin and <= Subscription.SecretMax } secret
                && !secret.Any(char.IsControl), "secret",
            $"has {Subscription.SecretMin}-{Subscription.SecretMax} characters");
        var area = check.Area(body.Area, "area") ?? me.Area;
        check.That(call.View.Areas.ContainsKey(area), "area", "is no area of the directory");
        var lines = (body.Lines ?? []).Select(line => check.OneOf<Line>(line, "lines")).OfType<Line>().Distinct();
        var events = (body.Events ?? []).Distinct().ToImmutableArray();
        check.That(
            events.All(one => IncidentEvents.All.Contains(one)), "events",
            $"are of {string.Join(", ", IncidentEvents.All)}");
        check.That(
            body.Batch is null or (>= 1 and <= Subscription.BatchMax), "batch", $"is 1-{Subscription.BatchMax}");

        // Who is limited to lines is told of those at most.
        ImmutableArray<Line> told = body.Lines is { Count: > 0 } ? [.. lines] : me.Lines.IsDefault ? [] : me.Lines;
        check.That(told.All(me.Sees), "lines", "are within the lines of the token");
        return new Subscription(
            call.Id.ToString("N"), name, url, body.Secret ?? "", area, told, events, body.OrdersOnly ?? false,
            body.Batch ?? 1, me.Sub, call.Now);
    }

    private static async Task<IResult> ListAsync(
        CurrentActor me, IDirectory directory, ISubscriptionStore store, CancellationToken cancellation) =>
        !May(me.Actor, directory.Current)
            ? Problem.Of(RejectCode.RoleMayNot)
            : Results.Ok(new Page<SubscriptionItem>([
                .. (await store.ListAsync(cancellation))
                    .Where(one => Sees(me.Actor, one)).Select(one => SubscriptionItem.Of(one)),
            ]));

    private static Task<IResult> GetAsync(
        string id, CurrentActor me, IDirectory directory, ISubscriptionStore store, IClusterClient client) =>
        WithAsync(id, me, directory, store, async one =>
            await client.GetGrain<ISubscriptionGrain>(one.Id).GetStatusAsync() is { } status
                ? Results.Ok(SubscriptionItem.Of(one, status))
                : NotFound());

    private static Task<IResult> DeleteAsync(
        string id, CurrentActor me, IDirectory directory, ISubscriptionStore store, IClusterClient client) =>
        WithAsync(id, me, directory, store, async one =>
            await client.GetGrain<ISubscriptionGrain>(one.Id).DeleteAsync() ? Results.NoContent() : NotFound());

    private static Task<IResult> DeadAsync(
        string id, [Range(1, LimitMax)] int? limit, [MaxLength(Cursors.Max)] string? cursor, CurrentActor me,
        IDirectory directory, ISubscriptionStore store, CancellationToken cancellation)
    {
        var after = 0L;
        var check = new Check().That(
            cursor is null || long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out after),
            "cursor", "is not one that a page handed out");
        return check.Failed
            ? Task.FromResult(check.Problem)
            : WithAsync(id, me, directory, store, async one =>
            {
                var most = limit ?? LimitDefault;
                var letters = await store.ListDeadAsync(one.Id, after, most, cancellation);
                return Results.Ok(new Page<DeadLetterItem>(
                    [.. letters.Select(DeadLetterItem.Of)],
                    letters.Count == most ? letters[^1].Number.ToString(CultureInfo.InvariantCulture) : null));
            });
    }

    private static Task<IResult> ResendAsync(
        string id, long number, CurrentActor me, IDirectory directory, ISubscriptionStore store,
        IClusterClient client) =>
        WithAsync(id, me, directory, store, async one =>
            await client.GetGrain<ISubscriptionGrain>(one.Id).ResendAsync(number) is { } outcome
                ? Results.Ok(new ResendItem(outcome.Error is null, outcome.Error))
                : Problem.Of(ProblemCode.DeadLetterNotFound));

    private static Task<IResult> DropAsync(
        string id, long number, CurrentActor me, IDirectory directory, ISubscriptionStore store,
        IClusterClient client) =>
        WithAsync(id, me, directory, store, async one =>
            await client.GetGrain<ISubscriptionGrain>(one.Id).DropAsync(number)
                ? Results.NoContent()
                : Problem.Of(ProblemCode.DeadLetterNotFound));

    private static async Task<IResult> WithAsync(
        string id, CurrentActor me, IDirectory directory, ISubscriptionStore store,
        Func<Subscription, Task<IResult>> go)
    {
        if (!May(me.Actor, directory.Current))
            return Problem.Of(RejectCode.RoleMayNot);

        // A subscription of somebody else is not there: its id tells nobody anything.
        return Guid.TryParseExact(id, "N", out _) && await store.FindAsync(id) is { Subscription: var one }
            && Sees(me.Actor, one)
            ? await go(one)
            : NotFound();
    }

    /// <summary>Supervisors and administrators, and whoever signs in for a department.</summary>
    private static bool May(Actor me, DirectoryView view) =>
        me.Role is Role.Admin or Role.Supervisor || IsDepartment(me, view);

    private static bool IsDepartment(Actor me, DirectoryView view) =>
        me.Role is not Role.Viewer && view.Departments.ContainsKey(me.Id);

    /// <summary>A department sees its own ones, a supervisor all of its area and lines.</summary>
    private static bool Sees(Actor me, Subscription one) => me.Role is Role.Admin or Role.Supervisor
        ? me.Sees(one.Area)
            && (me.Lines.IsDefaultOrEmpty || (!one.Lines.IsDefaultOrEmpty && one.Lines.All(me.Sees)))
        : one.CreatedBy == me.Sub;

    private static IResult NotFound() => Problem.Of(ProblemCode.SubscriptionNotFound);
}
