using System.Buffers;
using System.Text;
using GridMesh.Contracts.Access;
using GridMesh.Contracts.Directory;
using GridMesh.Gateway.Plumbing.Access;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Metadata;

namespace GridMesh.Gateway.Workers;

/// <summary>
/// The way of a phone that tells where it is: one position, a token that is known, a body that is here already. It
/// stands in front of all that other requests pass, because what they keep alive until the disk has answered costs more
/// than the position itself. Whatever is not plainly such a request goes the way of all others, untouched.
/// </summary>
internal sealed class PositionShortcut(
    RequestDelegate next, KnownTokens known, IDirectory directory, PositionIntake intake, IExceptionHandler faults,
    TimeProvider time)
{
    /// <summary>Longest body that is looked at, in bytes; a position has about 120.</summary>
    private const int BodyMax = 1_024;

    private const string Path = "/api/v1/positions";
    private const string Json = "application/json";

    private static readonly byte[] s_taken = Encoding.ASCII.GetBytes("""{"accepted":1,"rejected":[]}""");

    private static readonly Endpoint s_endpoint = new(
        null, new EndpointMetadataCollection(new Route()), $"HTTP: POST {Path} (shortcut)");

    public Task InvokeAsync(HttpContext context) =>
        Fits(context.Request) && context.Request.Headers.Authorization is [{ } token]
        && known.Find(token, time.GetUtcNow()) is { Me.Actor: { Role: not (Role.Viewer or Role.Resident) } me } from
        && TryRead(context, me) is { } position && from.Bucket.TryTake(time.GetUtcNow().UtcTicks, out _)
            ? TakeAsync(context, position)
            : next(context);

    private static bool Fits(HttpRequest request) =>
        request.Path.Value == Path && HttpMethods.IsPost(request.Method) && !request.QueryString.HasValue
        && request.ContentLength is > 0 and <= BodyMax
        && request.ContentType is Json or BatchAnswer.ContentType;

    /// <summary>Null, with the body as it was, where it is not one position that this actor may tell.</summary>
    private TakenPosition? TryRead(HttpContext context, Actor me)
    {
        var body = context.Request.BodyReader;
        if (!body.TryRead(out var read))
            return null;

        if (read is { IsCompleted: true, IsCanceled: false }
            && PositionBatch.TryParseOne(read.Buffer, me.Worker) is { } item
            && PositionEndpoints.Fault(item, me, directory.Current, out var worker) is null)
        {
            body.AdvanceTo(read.Buffer.End);
            return new TakenPosition(0, worker!, item.Report!);
        }

        body.AdvanceTo(read.Buffer.Start);
        return null;
    }

    private async Task TakeAsync(HttpContext context, TakenPosition position)
    {
        context.SetEndpoint(s_endpoint);

        // A connection that many phones share keeps its last header until the next request: long enough to be copied by
        // every collection, and never the same twice.
        context.Request.Headers.Authorization = default;
        try
        {
            // Not until the caller goes away: what the worker has taken belongs into its track.
            if (await intake.TakeAsync(position.Worker, position.Report, CancellationToken.None) is { } reject)
            {
                await new BatchAnswer(0, [new Rejected(0, position.Worker.Id, $"{reject}")]).ExecuteAsync(context);
                return;
            }
        }
        catch (Exception fault)
        {
            await faults.TryHandleAsync(context, fault, context.RequestAborted);
            return;
        }

        var response = context.Response;
        response.StatusCode = StatusCodes.Status202Accepted;
        response.ContentType = BatchAnswer.ContentType;
        response.ContentLength = s_taken.Length;
        response.BodyWriter.Write(s_taken);
    }

    /// <summary>Puts it in front of everything, also of what the framework adds by itself.</summary>
    internal sealed class First : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.UseMiddleware<PositionShortcut>();
            next(app);
        };
    }

    /// <summary>Names the route for the framework's meters.</summary>
    private sealed class Route : IRouteDiagnosticsMetadata
    {
        string IRouteDiagnosticsMetadata.Route => Path;
    }
}
