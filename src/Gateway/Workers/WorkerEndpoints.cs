using GridMesh.Contracts.Access;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Grids;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Storage;
using GridMesh.Contracts.Workers;
using GridMesh.Gateway.Access;
using GridMesh.Gateway.Input;
using GridMesh.Gateway.Problems;

namespace GridMesh.Gateway.Workers;

/// <param name="HandTo">Off duty: the worker on duty who takes over what is open.</param>
internal sealed record ShiftBody(bool? OnDuty, string? HandTo);

/// <param name="Handed">Cases that another has taken over.</param>
/// <param name="Left">Cases that still wait for the worker.</param>
internal sealed record ShiftItem(
    string Id, string Name, AreaCode Grid, WorkerKind Role, ImmutableArray<Line> Lines, bool OnDuty,
    DateTimeOffset? Since, GeoPoint? Position, DateTimeOffset? SeenAt, ImmutableArray<CaseNumber> Handed,
    ImmutableArray<CaseNumber> Left);

/// <summary>A worker as lists show it (API "workers").</summary>
internal sealed record WorkerItem(
    string Id, string Name, AreaCode Grid, WorkerKind Role, ImmutableArray<Line> Lines, WorkerStatus Status,
    GeoPoint? Position);

internal sealed record WorkerDetail(
    string Id, string Name, AreaCode Grid, WorkerKind Role, ImmutableArray<Line> Lines, bool OnDuty,
    DateTimeOffset? Since, GeoPoint? Position, DateTimeOffset? SeenAt);

internal static class WorkerEndpoints
{
    public const int LimitMax = 500;

    private const int LimitDefault = 100;

    /// <summary>Most points of one track answer.</summary>
    private const int TrackPointsMax = 20_000;

    private static readonly TimeSpan s_trackSpanMax = TimeSpan.FromDays(7);

    public static void MapWorkers(this IEndpointRouteBuilder api)
    {
        api.MapGet("workers", ListAsync).WithSummary("Workers of an area with their live status");
        api.MapGet("workers/{id}", GetAsync).WithSummary("A worker's live state").Produces<WorkerDetail>();
        api.MapPost("workers/{id}/shift", ShiftAsync)
            .WithSummary("On or off duty: {\"onDuty\": true|false, \"handTo\"?}; off duty what is open goes to handTo")
            .Produces<ShiftItem>();
        api.MapGet("workers/{id}/track", TrackAsync).WithSummary("The way a worker walked");
    }

    private static async Task<IResult> ListAsync(
        string? area, bool? onDuty, QueryNames<Line>? line, int? limit, string? cursor, CurrentActor me,
        IDirectory directory, IClusterClient client)
    {
        var check = new Check();
        var within = check.Area(area, "area") ?? me.Actor.Area;
        check.That(limit is null or (>= 1 and <= LimitMax), "limit", $"is 1-{LimitMax}");
        if (check.Failed)
        {
            return check.Problem;
        }

        if (me.Actor.Role == Role.Resident || !me.Actor.Sees(within))
        {
            return Problem.Of(me.Actor.Role == Role.Resident ? RejectCode.RoleMayNot : RejectCode.AreaIsOutsideYourOwn);
        }

        var workers = directory.Current.Data.Workers.Where(worker => within.Contains(worker.Grid)
            && (line is not { } some || some.Values.Any(one => worker.Lines.Include(one)))
            && string.CompareOrdinal(worker.Id, cursor) > 0).OrderBy(worker => worker.Id, StringComparer.Ordinal);
        return Results.Ok(await PageAsync(workers, onDuty, limit ?? LimitDefault, client));
    }

    private static async Task<object> PageAsync(
        IEnumerable<WorkerEntry> workers, bool? onDuty, int limit, IClusterClient client)
    {
        var live = new Dictionary<AreaCode, Dictionary<string, WorkerDot>>();
        var items = new List<WorkerItem>(limit);
        foreach (var worker in workers)
        {
            if (!live.TryGetValue(worker.Grid, out var dots))
            {
                live[worker.Grid] = dots = (await client.GetGrain<IGridGrain>(worker.Grid.Value).GetWorkersAsync())
                    .ToDictionary(dot => dot.Id);
            }

            var status = dots.TryGetValue(worker.Id, out var dot) ? dot.Status : WorkerStatus.OffDuty;
            if (onDuty is { } wanted && wanted != (status != WorkerStatus.OffDuty))
            {
                continue;
            }

            if (items.Count == limit)
            {
                return new { Items = items, Next = items[^1].Id };
            }

            items.Add(new WorkerItem(
                worker.Id, worker.Name, worker.Grid, worker.Kind, worker.Lines, status,
                dot is { Lng: { } lng, Lat: { } lat } ? new GeoPoint(lng, lat) : null));
        }

        return new { Items = items, Next = (string?)null };
    }

    private static async Task<IResult> GetAsync(
        string id, CurrentActor me, IDirectory directory, IClusterClient client) =>
        Refusal(id, me.Actor, directory.Current, out var worker) is { } refusal
            ? Problem.Of(refusal)
            : Results.Ok(DetailOf(worker!, (await client.GetGrain<IWorkerGrain>(id).GetAsync())!));

    private static async Task<IResult> ShiftAsync(
        string id, ShiftBody body, HttpContext context, CurrentActor me, IDirectory directory, ShiftDesk desk)
    {
        var check = new Check();
        check.That(body.OnDuty is not null, "onDuty", "is required");
        check.That(body.HandTo is null || body.OnDuty is false, "handTo", "goes with the end of a shift");
        check.That(
            body.HandTo is null || directory.Current.Workers.ContainsKey(body.HandTo), "handTo", "is no worker");
        var commandId = Commands.Read(check, context, me.Actor);
        if (check.Failed)
        {
            return check.Problem;
        }

        if (OwnRefusal(id, me.Actor, directory.Current, out var worker) is { } refusal)
        {
            return Problem.Of(refusal);
        }

        var outcome = await desk.SetAsync(commandId, me.Actor, worker!, body.OnDuty!.Value, body.HandTo);
        return outcome.Reject is { } reject
            ? Problem.Of(reject, outcome.Handed.IsEmpty ? null : $"{outcome.Handed.Length} cases were handed over.")
            : Results.Ok(new ShiftItem(
                worker!.Id, worker.Name, worker.Grid, worker.Kind, worker.Lines, outcome.Worker!.OnDuty,
                outcome.Worker.Since, outcome.Worker.Position, outcome.Worker.SeenAt, outcome.Handed, outcome.Left));
    }

    private static async Task<IResult> TrackAsync(
        string id, QueryTime? from, QueryTime? to, CurrentActor me, IDirectory directory, ITrackStore tracks,
        TimeProvider time, CancellationToken cancellation)
    {
        var end = to?.At ?? time.GetUtcNow();
        var start = from?.At ?? end - TimeSpan.FromHours(8);
        var check = new Check();
        check.That(start <= end, "from", "is not after 'to'");
        check.That(end - start <= s_trackSpanMax, "from", "is at most 7 days before 'to'");
        if (check.Failed)
        {
            return check.Problem;
        }

        if (OwnRefusal(id, me.Actor, directory.Current, out _) is { } refusal)
        {
            return Problem.Of(refusal);
        }

        var points = await tracks.ReadTrackAsync(id, start, end, TrackPointsMax, cancellation);
        return Results.Ok(new
        {
            Items = points.Select(point => new { point.At, point.Point.Lng, point.Point.Lat, point.Accuracy }),
            Next = points.Count == TrackPointsMax ? points[^1].At : (DateTimeOffset?)null,
        });
    }

    private static RejectCode? Refusal(string id, Actor me, DirectoryView view, out WorkerEntry? worker)
    {
        if (!view.Workers.TryGetValue(id, out worker))
        {
            return RejectCode.WorkerIsUnknown;
        }

        return me.Role == Role.Resident ? RejectCode.RoleMayNot
            : me.Sees(worker.Grid) ? null
            : RejectCode.AreaIsOutsideYourOwn;
    }

    /// <summary>Shifts and tracks are the worker's own: besides, only its lead and the desks above.</summary>
    private static RejectCode? OwnRefusal(string id, Actor me, DirectoryView view, out WorkerEntry? worker) =>
        Refusal(id, me, view, out worker)
        ?? (me.Role is Role.Viewer or Role.Inspector || (me.Role == Role.Worker && me.Worker != id)
            ? RejectCode.OnlyTheWorkerOrItsLeadMay
            : null);

    private static WorkerDetail DetailOf(WorkerEntry worker, WorkerView view) => new(
        worker.Id, worker.Name, worker.Grid, worker.Kind, worker.Lines, view.OnDuty, view.Since, view.Position,
        view.SeenAt);
}
