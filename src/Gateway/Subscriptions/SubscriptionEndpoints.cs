using System.Globalization;
using GridMesh.Contracts.Access;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Storage;
using GridMesh.Contracts.Subscriptions;
using GridMesh.Gateway.Access;
using GridMesh.Gateway.Problems;

namespace GridMesh.Gateway.Subscriptions;

/// <summary>Who is told of what: supervisors and departments subscribe, within area and lines of the token.</summary>
internal static class SubscriptionEndpoints
{
    private const int LimitDefault = 50;
    private const int LimitMax = 200;

    public static void MapSubscriptions(this IEndpointRouteBuilder api)
    {
        api.MapPost("subscriptions", PostAsync).WithSummary("Subscribe an address to the facts of an area's cases")
            .Produces<SubscriptionItem>(StatusCodes.Status201Created);
        api.MapGet("subscriptions", ListAsync).WithSummary("Subscriptions within the own area");
        api.MapGet("subscriptions/{id}", GetAsync).WithSummary("A subscription and how it is doing")
            .Produces<SubscriptionItem>();
        api.MapDelete("subscriptions/{id}", DeleteAsync).WithSummary("End a subscription; its dead letters go with it");
        api.MapGet("subscriptions/{id}/dead-letters", DeadAsync).WithSummary("Events that could not be delivered");
        api.MapPost("subscriptions/{id}/dead-letters/{number:long}/resend", ResendAsync)
            .WithSummary("Send a dead letter once more, now");
        api.MapDelete("subscriptions/{id}/dead-letters/{number:long}", DropAsync).WithSummary("Give a dead letter up");
    }

    private static async Task<IResult> PostAsync(
        SubscriptionBody body, HttpContext context, CurrentActor me, IDirectory directory, IClusterClient client,
        TimeProvider time)
    {
        if (!May(me.Actor, directory.Current))
        {
            return Problem.Of(RejectCode.RoleMayNot);
        }

        var check = new Check();
        var wanted = Read(check, body, context, me.Actor, directory.Current, time.GetUtcNow());
        if (check.Failed)
        {
            return check.Problem;
        }

        if (!me.Actor.Sees(wanted.Area))
        {
            return Problem.Of(RejectCode.AreaIsOutsideYourOwn);
        }

        var outcome = await client.GetGrain<ISubscriptionGrain>(wanted.Id).CreateAsync(wanted);
        return outcome switch
        {
            { UrlProblem: { } problem } => new Check().That(false, "url", problem).Problem,
            { Subscription: { } made } => Results.Created(
                $"/api/v1/subscriptions/{made.Id}", SubscriptionItem.Of(made)),
            _ => Problem.Of(
                ProblemCode.TooManySubscriptions, StatusCodes.Status409Conflict,
                $"There are {Subscription.CountMax} already."),
        };
    }

    private static Subscription Read(
        Check check, SubscriptionBody body, HttpContext context, Actor me, DirectoryView view, DateTimeOffset now)
    {
        var id = Commands.Read(check, context, me);
        var name = check.Text(body.Name, "name", Subscription.NameMax);
        var url = check.Text(body.Url, "url", Subscription.UrlMax);
        check.That(
            body.Secret is { Length: >= Subscription.SecretMin and <= Subscription.SecretMax }, "secret",
            $"has {Subscription.SecretMin}-{Subscription.SecretMax} characters");
        var area = check.Area(body.Area, "area") ?? me.Area;
        check.That(view.Areas.ContainsKey(area), "area", "is no area of the directory");
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
            id.ToString("N"), name, url, body.Secret ?? "", area, told, events, body.OrdersOnly ?? false,
            body.Batch ?? 1, me.Sub, now);
    }

    private static async Task<IResult> ListAsync(
        CurrentActor me, IDirectory directory, ISubscriptionStore store, CancellationToken cancellation) =>
        !May(me.Actor, directory.Current)
            ? Problem.Of(RejectCode.RoleMayNot)
            : Results.Ok(new
            {
                Items = (await store.ListAsync(cancellation))
                    .Where(one => Sees(me.Actor, one)).Select(one => SubscriptionItem.Of(one)),
                Next = (string?)null,
            });

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
        string id, int? limit, string? cursor, CurrentActor me, IDirectory directory, ISubscriptionStore store,
        CancellationToken cancellation)
    {
        var check = new Check().That(limit is null or (>= 1 and <= LimitMax), "limit", $"is 1-{LimitMax}");
        var after = 0L;
        check.That(
            cursor is null || long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out after),
            "cursor", "is not one that a page handed out");
        return check.Failed
            ? Task.FromResult(check.Problem)
            : WithAsync(id, me, directory, store, async one =>
            {
                var most = limit ?? LimitDefault;
                var letters = await store.ListDeadAsync(one.Id, after, most, cancellation);
                return Results.Ok(new
                {
                    Items = letters.Select(DeadLetterItem.Of),
                    Next = letters.Count == most
                        ? letters[^1].Number.ToString(CultureInfo.InvariantCulture)
                        : null,
                });
            });
    }

    private static Task<IResult> ResendAsync(
        string id, long number, CurrentActor me, IDirectory directory, ISubscriptionStore store,
        IClusterClient client) =>
        WithAsync(id, me, directory, store, async one =>
            await client.GetGrain<ISubscriptionGrain>(one.Id).ResendAsync(number) is { } outcome
                ? Results.Ok(new { Delivered = outcome.Error is null, outcome.Error })
                : Problem.Of(ProblemCode.DeadLetterNotFound, StatusCodes.Status404NotFound));

    private static Task<IResult> DropAsync(
        string id, long number, CurrentActor me, IDirectory directory, ISubscriptionStore store,
        IClusterClient client) =>
        WithAsync(id, me, directory, store, async one =>
            await client.GetGrain<ISubscriptionGrain>(one.Id).DropAsync(number)
                ? Results.NoContent()
                : Problem.Of(ProblemCode.DeadLetterNotFound, StatusCodes.Status404NotFound));

    private static async Task<IResult> WithAsync(
        string id, CurrentActor me, IDirectory directory, ISubscriptionStore store,
        Func<Subscription, Task<IResult>> go)
    {
        if (!May(me.Actor, directory.Current))
        {
            return Problem.Of(RejectCode.RoleMayNot);
        }

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

    private static IResult NotFound() =>
        Problem.Of(ProblemCode.SubscriptionNotFound, StatusCodes.Status404NotFound);
}
