using System.ComponentModel.DataAnnotations;
using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Geo;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Patrols;
using GridMesh.Contracts.Workers;
using GridMesh.Gateway.Plumbing.Access;
using GridMesh.Gateway.Plumbing.Descriptions;
using GridMesh.Gateway.Plumbing.Pipeline;
using GridMesh.Gateway.Plumbing.Problems;

namespace GridMesh.Gateway.Patrols;

internal sealed record CheckInBody
{
    [Required, MaxLength(CheckInCodes.CodeMax)]
    public string? Code { get; init; }

    public GeoPoint? Position { get; init; }
}

/// <param name="Code">What the QR code says.</param>
/// <param name="Until">When a display shows the next one; null for a printed one, which holds with its plan.</param>
internal sealed record CodeItem(string Code, DateTimeOffset? Until);

internal sealed record CheckInItem(
    string Plan, string PlanName, DateTimeOffset From, DateTimeOffset To, CheckpointItem Checkpoint);

/// <summary>Codes at checkpoints: to print or show one, and to check in with it.</summary>
internal static class CheckInEndpoints
{
    /// <summary>An older position says nothing about where a worker is now.</summary>
    private static readonly TimeSpan s_positionAgeMax = TimeSpan.FromMinutes(5);

    private static readonly CommandPipeline<None, CheckIn, PatrolOutcome> s_checkIns = new()
    {
        Find = None.Find,
        Refuse = (call, _, _) => Refusal(call.Path("id"), call.Me, call.View),
        DecideAsync = DecideAsync,
        RejectOf = outcome => (outcome.Reject, null),
        Codes =
        [
            RejectCode.WorkerIsUnknown, RejectCode.AreaIsOutsideYourOwn, RejectCode.OnlyTheWorkerItselfMay,
            RejectCode.CodeIsForged, RejectCode.CodeHasExpired, RejectCode.WorkerIsOffDuty,
            RejectCode.CheckInNeedsAPosition, RejectCode.PlanIsUnknown, RejectCode.PlanHasEnded,
            RejectCode.CheckpointIsUnknown, RejectCode.CheckInIsTooFarAway, RejectCode.CheckpointIsNotDue,
            RejectCode.CheckInIsReplayed, RejectCode.CheckpointIsDoneAlready,
        ],
    };

    public static void MapCheckIns(this IEndpointRouteBuilder api)
    {
        api.MapGet("areas/{code}/patrol-plans/{plan}/checkpoints/{id}/code", CodeAsync)
            .Describe(
                "getCheckpointCode", "The code of a checkpoint, to print, or (kind=display) to show for a minute",
                "点位二维码：打印，或在屏幕上显示一分钟")
            .Produces<CodeItem>()
            .Refuses([
                .. Targets.GridCodes, RejectCode.OnlyTheGridLeaderOrItsDesksMayPlan, RejectCode.PlanIsUnknown,
                RejectCode.CheckpointIsUnknown,
            ])
            .Refuses(ProblemCode.CodesHaveNoKey);
        s_checkIns.Map<CheckInBody>(api, "workers/{id}/check-ins", Read, CommandAnswer<PatrolOutcome>.Ok(
                (_, outcome) => ItemOf(outcome)))
            .Describe("checkInAtCheckpoint", "Check in at a checkpoint by its code", "巡查打卡");
    }

    private static async Task<IResult> CodeAsync(
        string code, string plan, string id, [AllowedValues("printed", "display")] string? kind, CurrentActor me,
        IDirectory directory, IClusterClient client, CheckInCodes codes)
    {
        if (AreaAccess.Refusal(code, me.Actor, directory.Current, out AreaCode grid, isForStaff: true) is { } refusal)
            return refusal;

        var check = new Check().That(grid.Tier == Tier.Grid, "code", "is the code of a grid");
        if (check.Failed)
            return check.Problem;

        if (me.Actor.Role is not (Role.Lead or Role.Supervisor or Role.Admin))
            return Problem.Of(RejectCode.OnlyTheGridLeaderOrItsDesksMayPlan);

        if (!codes.HasKey)
            return CodeSigner.NoKey;

        var plans = await client.GetGrain<IPatrolGrain>(grid.Value).GetPlansAsync();
        if (plans.FirstOrDefault(one => one.Plan.Id == plan) is not { } view)
            return Problem.Of(RejectCode.PlanIsUnknown);

        var isPrinted = !string.Equals(kind, "display", StringComparison.OrdinalIgnoreCase);
        return view.Plan.Checkpoints.All(one => one.Id != id)
            ? Problem.Of(RejectCode.CheckpointIsUnknown)
            : Results.Ok(new CodeItem(
                codes.Make(grid, plan, id, isPrinted), isPrinted ? null : codes.NextStep()));
    }

    private static CheckIn Read(CommandCall call, None none, CheckInBody body) => new(
        call.Check.Text(body.Code, "code", CheckInCodes.CodeMax), call.Check.Point(body.Position, "position"));

    private static async Task<PatrolOutcome> DecideAsync(CommandCall call, None none, CheckIn checkIn)
    {
        if (call.Service<CheckInCodes>().Read(checkIn.Code, out var code) is { } fault)
            return No(fault);

        if (!call.Me.Sees(code.Grid))
            return No(RejectCode.AreaIsOutsideYourOwn);

        var id = call.Path("id");
        var worker = await call.Grain<IWorkerGrain>(id).GetAsync();
        if (worker is not { OnDuty: true })
            return No(RejectCode.WorkerIsOffDuty);

        var position = checkIn.Position
            ?? (worker.SeenAt is { } seen && call.Now - seen <= s_positionAgeMax ? worker.Position : null);
        return code.IsPrinted && position is null
            ? No(RejectCode.CheckInNeedsAPosition)
            : await call.Grain<IPatrolGrain>(code.Grid.Value).ExecuteAsync(new CheckInAtPoint(
                call.Id, call.Me, id, code.Plan, code.Checkpoint, code.Name, position));
    }

    private static PatrolOutcome No(RejectCode code) => new(code, null, null);

    /// <summary>Nobody checks in for another: it says where somebody was.</summary>
    private static RejectCode? Refusal(string id, Actor me, DirectoryView view) =>
        !view.Workers.TryGetValue(id, out var worker) ? RejectCode.WorkerIsUnknown
        : !me.Sees(worker.Grid) ? RejectCode.AreaIsOutsideYourOwn
        : me.Worker != id || me.Role is not (Role.Worker or Role.Lead) ? RejectCode.OnlyTheWorkerItselfMay
        : null;

    private static CheckInItem ItemOf(PatrolOutcome outcome)
    {
        var slot = outcome.Slot!;
        return new CheckInItem(
            slot.Slot.Plan, outcome.Plan!.Plan.Name, slot.From, slot.To, RoundItem.CheckpointOf(slot));
    }

    /// <summary>What was sent: where somebody was, by its code.</summary>
    private sealed record CheckIn(string Code, GeoPoint? Position);
}
