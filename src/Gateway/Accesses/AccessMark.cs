using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Services;
using GridMesh.Gateway.Plumbing.Access;

namespace GridMesh.Gateway.Accesses;

/// <summary>Marks what reads of people: an answer of it is on record before it is sent.</summary>
internal static class AccessMark
{
    private static readonly string[] s_subjects = ["id", "code"];

    /// <param name="shows">Whether an answer shows people at all; null: every one does.</param>
    public static RouteHandlerBuilder OnRecord(
        this RouteHandlerBuilder endpoint, AccessKind kind, Func<object?, bool>? shows = null) =>
        endpoint.WithMetadata(kind).AddEndpointFilter(async (call, next) =>
        {
            var answer = await next(call);
            var context = call.HttpContext;
            if (answer is IStatusCodeHttpResult { StatusCode: >= StatusCodes.Status300MultipleChoices }
                || shows?.Invoke((answer as IValueHttpResult)?.Value) == false
                || CurrentActor.Find(context) is not { } me)
            {
                return answer;
            }

            var services = context.RequestServices;
            var subject = SubjectOf(context, me.Actor);
            await services.GetRequiredService<AccessRecorder>().RecordAsync(
                new AccessEntry(
                    services.GetRequiredService<TimeProvider>().GetUtcNow(), me.Actor.Sub, me.Actor.Role, kind,
                    AreaOf(subject, me.Actor, services.GetRequiredService<IDirectory>().Current),
                    subject.Length > AccessEntry.SubjectMax ? subject[..AccessEntry.SubjectMax] : subject),
                context.RequestAborted);
            return answer;
        });

    private static string SubjectOf(HttpContext context, Actor me) =>
        s_subjects.Select(name => context.Request.RouteValues.GetValueOrDefault(name) as string)
            .FirstOrDefault(value => value is not null) ?? me.Area.Value;

    private static AreaCode AreaOf(string subject, Actor me, DirectoryView view) =>
        AreaCode.TryParse(subject, out var area, out _) ? area
        : BuildingCode.TryParse(subject, out var building, out _) ? building.Grid
        : CaseNumber.TryParse(subject, out var number, out _) ? number.Grid
        : ServiceRequest.TryGridOf(subject, out var grid) ? grid
        : view.Workers.TryGetValue(subject, out var worker) ? worker.Grid
        : me.Area;
}
