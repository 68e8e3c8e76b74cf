using GridMesh.Contracts.Access;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Patrols;
using GridMesh.Contracts.Workers;
using GridMesh.Gateway.Access;
using GridMesh.Gateway.Areas;
using GridMesh.Gateway.Problems;

namespace GridMesh.Gateway.Patrols;

internal sealed record CheckInBody(string? Code, GeoPoint? Position);

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

    public static void MapCheckIns(this IEndpointRouteBuilder api)
    {
        api.MapGet("areas/{code}/patrol-plans/{plan}/checkpoints/{id}/code", CodeAsync)
            .WithSummary("The code of a checkpoint, to print, or (kind=display) to show for a minute")
            .Produces<CodeItem>();
        api.MapPost("workers/{id}/check-ins", CheckInAsync).WithSummary("Check in at a checkpoint by its code")
            .Produces<CheckInItem>();
    }

    private static async Task<IResult> CodeAsync(
        string code, string plan, string id, string? kind, CurrentActor me, IDirectory directory, IClusterClient client,
        CheckInCodes codes)
    {
        if (AreaDoor.Refusal(code, me.Actor, directory.Current, out AreaCode grid, isForStaff: true) is { } refusal)
        {
            return refusal;
        }

        var check = new Check().That(grid.Tier == Tier.Grid, "code", "is the code of a grid")
            .That(kind is null or "printed" or "display", "kind", "is printed or display");
        if (check.Failed)
        {
            return check.Problem;
        }

        if (me.Actor.Role is not (Role.Lead or Role.Supervisor or Role.Admin))
        {
            return Problem.Of(RejectCode.OnlyTheGridLeaderOrItsDesksMayPlan);
        }

        if (!codes.HasKey)
        {
            return CodeSigner.NoKey;
        }

        var plans = await client.GetGrain<IPatrolGrain>(grid.Value).GetPlansAsync();
        if (plans.FirstOrDefault(one => one.Plan.Id == plan) is not { } view)
        {
            return Problem.Of(RejectCode.PlanIsUnknown);
        }

        var isPrinted = kind != "display";
        return view.Plan.Checkpoints.All(one => one.Id != id)
            ? Problem.Of(RejectCode.CheckpointIsUnknown)
            : Results.Ok(new CodeItem(
                codes.Make(grid, plan, id, isPrinted), isPrinted ? null : codes.NextStep()));
    }

    private static async Task<IResult> CheckInAsync(
        string id, CheckInBody body, HttpContext context, CurrentActor me, IDirectory directory, IClusterClient client,
        CheckInCodes codes, TimeProvider time)
    {
        var check = new Check();
        var text = check.Text(body.Code, "code", CheckInCodes.CodeMax);
        var position = check.Point(body.Position, "position");
        var commandId = Commands.Read(check, context, me.Actor);
        if (check.Failed)
        {
            return check.Problem;
        }

        if (Refusal(id, me.Actor, directory.Current) is { } refusal)
        {
            return Problem.Of(refusal);
        }

        if (codes.Read(text, out var code) is { } fault)
        {
            return Problem.Of(fault);
        }

        if (!me.Actor.Sees(code.Grid))
        {
            return Problem.Of(RejectCode.AreaIsOutsideYourOwn);
        }

        var worker = await client.GetGrain<IWorkerGrain>(id).GetAsync();
        if (worker is not { OnDuty: true })
        {
            return Problem.Of(RejectCode.WorkerIsOffDuty);
        }

        position ??= worker.SeenAt is { } seen && time.GetUtcNow() - seen <= s_positionAgeMax ? worker.Position : null;
        if (code.IsPrinted && position is null)
        {
            return Problem.Of(RejectCode.CheckInNeedsAPosition);
        }

        var outcome = await client.GetGrain<IPatrolGrain>(code.Grid.Value).ExecuteAsync(new CheckInAtPoint(
            commandId, me.Actor, id, code.Plan, code.Checkpoint, code.Name, position));
        return outcome.Reject is { } reject ? Problem.Of(reject) : Results.Ok(ItemOf(outcome));
    }

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
}
