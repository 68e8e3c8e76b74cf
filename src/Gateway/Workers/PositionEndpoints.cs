using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Gateway.Plumbing.Access;
using GridMesh.Gateway.Plumbing.Descriptions;
using GridMesh.Gateway.Plumbing.Problems;

namespace GridMesh.Gateway.Workers;

/// <summary>A position as the description of the API tells it.</summary>
/// <param name="Accuracy">Radius in metres.</param>
internal sealed record PositionBody(
    string Worker, double Lng, double Lat, DateTimeOffset At, double? Accuracy = null);

internal static class PositionEndpoints
{
    public static void MapPositions(this IEndpointRouteBuilder api)
    {
        // Bound here once: a request that asks for services costs a scope of its own.
        var directory = api.ServiceProvider.GetRequiredService<IDirectory>();
        var intake = api.ServiceProvider.GetRequiredService<PositionIntake>();
        api.MapPost("positions", (PositionBatch batch, CurrentActor me, CancellationToken cancellation) =>
                PostAsync(batch, me.Actor, directory.Current, intake, cancellation))
            .Describe("postPositions", "Positions of workers, up to 1,000", "人员位置，每次至多一千个")
            .Accepts<PositionBody[]>("application/json")
            .Produces<BatchAnswer>(StatusCodes.Status202Accepted)
            .Refuses(RejectCode.RoleMayNot).Refuses(ProblemCode.TooManyItems);
    }

    private static async Task<IResult> PostAsync(
        PositionBatch batch, Actor me, DirectoryView view, PositionIntake intake, CancellationToken cancellation)
    {
        if (batch.IsTooLong)
            return Problem.Of(ProblemCode.TooManyItems, $"At most {PositionBatch.ItemsMax} positions.");

        if (me.Role is Role.Viewer or Role.Resident)
            return Problem.Of(RejectCode.RoleMayNot);

        var rejected = new List<Rejected>();
        var taken = new List<TakenPosition>(batch.Items.Count);
        for (var i = 0; i < batch.Items.Count; i++)
        {
            if (Fault(batch.Items[i], me, view, out var worker) is { } fault)
                rejected.Add(new Rejected(i, batch.Items[i].Worker, fault, batch.Items[i].Wrong));
            else
                taken.Add(new TakenPosition(i, worker!, batch.Items[i].Report!));
        }

        await intake.TakeAsync(taken, rejected, cancellation);
        return new BatchAnswer(batch.Items.Count - rejected.Count, rejected);
    }

    /// <summary>
    /// Why the position may not be taken; null where it may, and then <paramref name="worker"/> is set.
    /// </summary>
    public static string? Fault(in PositionItem item, Actor me, DirectoryView view, out WorkerEntry? worker)
    {
        worker = null;
        if (item is not { Wrong: null, Worker: { } id, Report: not null })
            return nameof(ProblemCode.ValidationFailed);

        return !view.Workers.TryGetValue(id, out worker) ? nameof(RejectCode.WorkerIsUnknown)
            : !me.Sees(worker.Grid) ? nameof(RejectCode.AreaIsOutsideYourOwn)
            : me.Role == Role.Worker && me.Worker != id ? nameof(RejectCode.OnlyTheWorkerOrItsLeadMay)
            : null;
    }
}
