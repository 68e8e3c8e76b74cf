using System.ComponentModel.DataAnnotations;
using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Geo;
using GridMesh.Contracts.Grids;
using GridMesh.Contracts.Storage;
using GridMesh.Contracts.Workers;
using GridMesh.Gateway.Accesses;
using GridMesh.Gateway.Plumbing.Access;
using GridMesh.Gateway.Plumbing.Answers;
using GridMesh.Gateway.Plumbing.Descriptions;
using GridMesh.Gateway.Plumbing.Input;
using GridMesh.Gateway.Plumbing.Pipeline;
using GridMesh.Gateway.Plumbing.Problems;

namespace GridMesh.Gateway.Workers;

internal static class WorkerEndpoints
{
    public const int LimitMax = 500;

    private const int LimitDefault = 100;

    /// <summary>Most points of one track answer.</summary>
    private const int TrackPointsMax = 20_000;

    private static readonly RejectCode[] s_ownCodes =
    [
        RejectCode.WorkerIsUnknown, RejectCode.RoleMayNot, RejectCode.AreaIsOutsideYourOwn,
        RejectCode.OnlyTheWorkerOrItsLeadMay,
    ];

    private static readonly TimeSpan s_trackSpanMax = TimeSpan.FromDays(7);

    private static readonly CommandPipeline<None, ShiftBody, ShiftOutcome> s_shifts = new()
    {
        Find = None.Find,
        Refuse = (call, _, _) => OwnRefusal(call.Path("id"), call.Me, call.View, out var _),
        DecideAsync = (call, _, shift) => call.Service<ShiftService>().SetAsync(
            call.Id, call.Me, call.View.Workers[call.Path("id")], shift.OnDuty!.Value, shift.HandTo),
        RejectOf = outcome => (
            outcome.Reject, outcome.Handed.IsEmpty ? null : $"{outcome.Handed.Length} cases were handed over."),
        Codes =
        [
            .. s_ownCodes, RejectCode.OnlyAnotherWorkerOnDutyTakesOver, RejectCode.CaseNotFound,
            RejectCode.LineIsOutsideYourOwn, RejectCode.OwnerIsUnknown, RejectCode.OwnerDoesNotServeThisLine,
        ],
    };

    public static void MapWorkers(this IEndpointRouteBuilder api)
    {
        api.MapGet("workers", ListAsync)
            .Describe("listWorkers", "Workers of an area with their live status", "区域内人员及在岗状态")
            .Produces<Page<WorkerItem>>().Refuses(RejectCode.RoleMayNot, RejectCode.AreaIsOutsideYourOwn);
        api.MapGet("workers/{id}", GetAsync)
            .Describe("getWorker", "A worker's live state", "人员实时状态")
            .Produces<WorkerDetail>().Refuses(
                RejectCode.WorkerIsUnknown, RejectCode.RoleMayNot, RejectCode.AreaIsOutsideYourOwn);
        s_shifts.Map<ShiftBody>(api, "workers/{id}/shift", ReadShift, CommandAnswer<ShiftOutcome>.Ok(
                (call, outcome) => ShiftItem.Of(call.View.Workers[call.Path("id")], outcome)))
            .Describe(
                "setShift", "On or off duty; off duty what is open goes to handTo", "上下班；下班时可把未办案件移交给在岗同事");
        api.MapGet("workers/{id}/track", TrackAsync).OnRecord(AccessKind.Track)
            .Describe("getTrack", "The way a worker walked, of eight hours by default", "人员轨迹，默认最近八小时")
            .Produces<TrackItem>().Refuses(s_ownCodes);
    }

    private static ShiftBody ReadShift(CommandCall call, None none, ShiftBody body)
    {
        call.Check.That(body.OnDuty is not null, "onDuty", "is required");
        call.Check.That(body.HandTo is null || body.OnDuty is false, "handTo", "goes with the end of a shift");
        call.Check.That(
            body.HandTo is null || call.View.Workers.ContainsKey(body.HandTo), "handTo", "is no worker");
        return body;
    }

    private static async Task<IResult> ListAsync(
        [RegularExpression(TextForms.Area)] string? area, bool? onDuty, QueryNames<Line>? line,
        [Range(1, LimitMax)] int? limit, [MaxLength(Cursors.Max)] string? cursor, CurrentActor me,
        IDirectory directory, IClusterClient client)
    {
        var check = new Check();
        var within = check.Area(area, "area") ?? me.Actor.Area;
        if (check.Failed)
            return check.Problem;

        if (me.Actor.Role == Role.Resident || !me.Actor.Sees(within))
            return Problem.Of(me.Actor.Role == Role.Resident ? RejectCode.RoleMayNot : RejectCode.AreaIsOutsideYourOwn);

        var workers = directory.Current.Data.Workers.Where(worker => within.Contains(worker.Grid)
            && (line is not { } some || some.Values.Any(one => worker.Lines.Include(one)))
            && string.CompareOrdinal(worker.Id, cursor) > 0).OrderBy(worker => worker.Id, StringComparer.Ordinal);
        return Results.Ok(await PageAsync(workers, onDuty, limit ?? LimitDefault, client));
    }

    private static async Task<Page<WorkerItem>> PageAsync(
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
                continue;

            if (items.Count == limit)
                return new Page<WorkerItem>(items, items[^1].Id);

            items.Add(new WorkerItem(
                worker.Id, worker.Name, worker.Grid, worker.Kind, worker.Lines, status,
                dot is { Lng: { } lng, Lat: { } lat } ? new GeoPoint(lng, lat) : null));
        }

        return new Page<WorkerItem>(items);
    }

    private static async Task<IResult> GetAsync(
        string id, CurrentActor me, IDirectory directory, IClusterClient client) =>
        Refusal(id, me.Actor, directory.Current, out var worker) is { } refusal
            ? Problem.Of(refusal)
            : Results.Ok(DetailOf(worker!, (await client.GetGrain<IWorkerGrain>(id).GetAsync())!));

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
            return check.Problem;

        if (OwnRefusal(id, me.Actor, directory.Current, out _) is { } refusal)
            return Problem.Of(refusal);

        var points = await tracks.ReadTrackAsync(id, start, end, TrackPointsMax, cancellation);
        return Results.Ok(new TrackItem(
            [.. points.Select(point =>
                new WayPoint(point.At, point.Point.Lng, point.Point.Lat, point.Accuracy))],
            points.Count == TrackPointsMax ? points[^1].At : null));
    }

    private static RejectCode? Refusal(string id, Actor me, DirectoryView view, out WorkerEntry? worker)
    {
        if (!view.Workers.TryGetValue(id, out worker))
            return RejectCode.WorkerIsUnknown;

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
