namespace GridMesh.Gateway.Plumbing.Access;

/// <summary>
/// Tells the log of whoever was refused: no valid token or key, no right, too much. What one does again and again is
/// one line a minute with its count, and a minute has a bound of lines, so nobody outside makes the log grow.
/// </summary>
internal sealed partial class RefusalLog(RequestDelegate next, TimeProvider time, ILogger<RefusalLog> log)
{
    /// <summary>Different refusals that a minute tells of; the rest are counted.</summary>
    public const int LinesMax = 100;

    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<Refusal, int> _counts = [];
    private int _untold;
    private long _since = time.GetTimestamp();

    public Task InvokeAsync(HttpContext context)
    {
        var answered = next(context);
        if (!answered.IsCompletedSuccessfully)
            return NoteAsync(answered, context);

        Note(context);
        return Task.CompletedTask;
    }

    private async Task NoteAsync(Task answered, HttpContext context)
    {
        await answered;
        Note(context);
    }

    private void Note(HttpContext context)
    {
        var status = context.Response.StatusCode;
        if (status is not (StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden
            or StatusCodes.Status429TooManyRequests))
        {
            return;
        }

        var me = CurrentActor.Find(context)?.Actor;
        var refusal = new Refusal(
            me?.Sub ?? $"{context.Connection.RemoteIpAddress}", me?.Role.ToString() ?? "stranger", status,
            context.Request.Method, (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "no route");
        lock (_gate)
        {
            if (time.GetElapsedTime(_since) >= s_window)
                TellRest();

            if (_counts.TryGetValue(refusal, out var count))
            {
                _counts[refusal] = count + 1;
            }
            else if (_counts.Count < LinesMax)
            {
                _counts[refusal] = 1;
                Tell(refusal.Who, refusal.Role, refusal.Status, refusal.Method, refusal.Route);
            }
            else
            {
                _untold++;
            }
        }
    }

    /// <summary>What came again since, and a new minute.</summary>
    private void TellRest()
    {
        foreach (var (refusal, count) in _counts.Where(one => one.Value > 1))
            TellAgain(refusal.Who, refusal.Role, refusal.Status, refusal.Method, refusal.Route, count - 1);

        if (_untold > 0)
            TellOthers(_untold);

        _counts.Clear();
        _untold = 0;
        _since = time.GetTimestamp();
    }

    [LoggerMessage(4001, LogLevel.Information, "Refused {Who} ({Role}) with {Status}: {Method} {Route}")]
    private partial void Tell(string who, string role, int status, string method, string route);

    [LoggerMessage(
        4002, LogLevel.Information, "Refused {Who} ({Role}) with {Status}: {Method} {Route}, {Count} times more")]
    private partial void TellAgain(string who, string role, int status, string method, string route, int count);

    [LoggerMessage(4003, LogLevel.Warning, "Refused {Count} others in a minute")]
    private partial void TellOthers(int count);

    private sealed record Refusal(string Who, string Role, int Status, string Method, string Route);
}
