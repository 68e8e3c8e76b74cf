using GridMesh.Contracts.Access;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Workers;
using GridMesh.Gateway.Access;
using GridMesh.Gateway.Problems;

namespace GridMesh.Gateway.Workers;

internal sealed record PositionBody(string? Worker, double? Lng, double? Lat, DateTimeOffset? At, double? Accuracy);

/// <summary>Why the position at an index of the request was not taken.</summary>
internal sealed record Rejected(int Index, string? Id, string Code);

internal sealed record BatchAnswer(int Accepted, IReadOnlyList<Rejected> Rejected);

internal static class PositionEndpoints
{
    /// <summary>Most positions in one request (API "positions").</summary>
    public const int ItemsMax = 1_000;

    public static void MapPositions(this IEndpointRouteBuilder api) =>
        api.MapPost("positions", PostAsync).WithSummary("Positions of workers, up to 1,000")
            .Produces<BatchAnswer>(StatusCodes.Status202Accepted);

    private static async Task<IResult> PostAsync(
        IReadOnlyList<PositionBody?> body, CurrentActor me, IDirectory directory, PositionDoor door,
        CancellationToken cancellation)
    {
        if (body.Count > ItemsMax)
        {
            return Problem.Of(
                ProblemCode.TooManyItems, StatusCodes.Status413PayloadTooLarge, $"At most {ItemsMax} positions.");
        }

        if (me.Actor.Role is Role.Viewer or Role.Resident)
        {
            return Problem.Of(RejectCode.RoleMayNot);
        }

        var rejected = new List<Rejected>();
        var taken = new List<(int Index, string Worker, PositionReport Report)>(body.Count);
        for (var i = 0; i < body.Count; i++)
        {
            if (Fault(body[i], me.Actor, directory.Current) is { } fault)
            {
                rejected.Add(new Rejected(i, body[i]?.Worker, fault));
            }
            else
            {
                var item = body[i]!;
                taken.Add((i, item.Worker!, new PositionReport(
                    new GeoPoint(item.Lng!.Value, item.Lat!.Value), item.At!.Value, item.Accuracy)));
            }
        }

        var rejects = await door.TakeAsync([.. taken.Select(entry => (entry.Worker, entry.Report))], cancellation);
        for (var i = 0; i < rejects.Length; i++)
        {
            if (rejects[i] is { } reject)
            {
                rejected.Add(new Rejected(taken[i].Index, taken[i].Worker, reject.ToString()));
            }
        }

        return Results.Json(
            new BatchAnswer(body.Count - rejected.Count, rejected), statusCode: StatusCodes.Status202Accepted);
    }

    private static string? Fault(PositionBody? item, Actor me, DirectoryView view)
    {
        if (item is not { Worker: { } id, Lng: { } lng, Lat: { } lat, At: not null }
            || !new GeoPoint(lng, lat).IsValid || item.Accuracy is < 0 or > 100_000 or double.NaN)
        {
            return nameof(ProblemCode.ValidationFailed);
        }

        return !view.Workers.TryGetValue(id, out var worker) ? nameof(RejectCode.WorkerIsUnknown)
            : !me.Sees(worker.Grid) ? nameof(RejectCode.AreaIsOutsideYourOwn)
            : me.Role == Role.Worker && me.Worker != id ? nameof(RejectCode.OnlyTheWorkerOrItsLeadMay)
            : null;
    }
}
