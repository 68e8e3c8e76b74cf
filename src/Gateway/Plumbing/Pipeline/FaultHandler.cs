using System.Collections.Concurrent;
using System.Text.Json;
using GridMesh.Contracts.Storage;
using GridMesh.Gateway.Plumbing.Input;
using GridMesh.Gateway.Plumbing.Problems;
using Microsoft.AspNetCore.Diagnostics;
using Orleans.Runtime;

namespace GridMesh.Gateway.Plumbing.Pipeline;

/// <summary>
/// Whatever escapes an endpoint becomes a problem response. What the world does now and then is a line in the log, what
/// nobody expected one with its stack; the same again within a minute is counted.
/// </summary>
internal sealed partial class FaultHandler(TimeProvider time, ILogger<FaultHandler> log) : IExceptionHandler
{
    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(ProblemCode Code, Type Kind), Told> _told = new();

    public async ValueTask<bool> TryHandleAsync(
        HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var code = Classify(exception);
        var status = code == ProblemCode.RequestFailed
            ? ((BadHttpRequestException)exception).StatusCode
            : ProblemStatus.Of(code);
        if (status >= 500)
            Tell(exception, httpContext.Request, code);

        if (status == StatusCodes.Status503ServiceUnavailable)
            httpContext.Response.Headers.RetryAfter = "1";

        await AnswerTo(httpContext, exception, code, status).ExecuteAsync(httpContext);
        return true;
    }

    /// <summary>What the framework says of a request is for its programmers; clients are told in our words.</summary>
    private static IResult AnswerTo(HttpContext context, Exception exception, ProblemCode code, int status) =>
        exception is BadHttpRequestException { InnerException: JsonException json } ? BodyFault.Of(context, json)
        : code != ProblemCode.RequestFailed ? Problem.Of(code)
        : Problem.OfStatus(status, status == StatusCodes.Status400BadRequest
            ? "The body is missing, or the request cannot be read as it was sent."
            : null);

    public static ProblemCode Classify(Exception exception) => exception switch
    {
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => ProblemCode.BodyTooLarge,
        BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType } =>
            ProblemCode.MediaTypeNotSupported,
        BadHttpRequestException => ProblemCode.RequestFailed,
        StorageUnavailableException => ProblemCode.StorageIsUnavailable,
        TimeoutException or LimitExceededException => ProblemCode.TooBusy,

        // A silo has gone or a grain is moving: sent again with the same key, the command meets the next activation.
        OrleansException => ProblemCode.SiloIsUnavailable,

        // The same of a silo that stops in the middle: what it had begun is cancelled, or finds its services gone.
        OperationCanceledException or ObjectDisposedException => ProblemCode.SiloIsUnavailable,
        _ => ProblemCode.UnexpectedFault,
    };

    private void Tell(Exception exception, HttpRequest request, ProblemCode code)
    {
        var told = _told.GetOrAdd((code, exception.GetType()), _ => new Told());
        int again;
        lock (told)
        {
            if (told.At is { } at && time.GetElapsedTime(at) < s_window)
            {
                told.Again++;
                return;
            }

            (told.At, again, told.Again) = (time.GetTimestamp(), told.Again, 0);
        }

        var stack = code == ProblemCode.UnexpectedFault ? exception : null;
        LogFault(stack, request.Method, request.Path, code, exception.Message, again);
    }

    [LoggerMessage(4100, LogLevel.Error, "{Method} {Path} failed: {Code}: {Reason}; {Again} times more before")]
    private partial void LogFault(
        Exception? exception, string method, string path, ProblemCode code, string reason, int again);

    /// <summary>When the log last heard of a kind of fault, and how often it came since.</summary>
    private sealed class Told
    {
        public long? At { get; set; }

        public int Again { get; set; }
    }
}
