using GridMesh.Contracts.Incidents;
using GridMesh.Gateway.Open311;
using Microsoft.AspNetCore.Mvc;

namespace GridMesh.Gateway.Problems;

/// <summary>
/// Builds RFC 9457 problems with a stable <c>code</c>; the one table from reject codes to HTTP statuses.
/// </summary>
internal static class Problem
{
    public const string ContentType = "application/problem+json";

    public static IResult Of(RejectCode code, string? detail = null) => Of(code.ToString(), StatusOf(code), detail);

    public static IResult Of(ProblemCode code, int status, string? detail = null) =>
        Of(code.ToString(), status, detail);

    public static IResult Invalid(IDictionary<string, string[]> errors) => new ProblemResult(Details(
        nameof(ProblemCode.ValidationFailed), StatusCodes.Status400BadRequest, "One or more fields are not valid.",
        errors));

    public static int StatusOf(RejectCode code) => code switch
    {
        RejectCode.CaseNotFound or RejectCode.WorkerIsUnknown or RejectCode.BuildingIsUnknown
            or RejectCode.AreaIsUnknown or RejectCode.PlanIsUnknown or RejectCode.WatchIsUnknown
            or RejectCode.LinkIsUnknown or RejectCode.CheckpointIsUnknown or RejectCode.ServiceIsUnknown =>
            StatusCodes.Status404NotFound,
        RejectCode.AreaIsOutsideYourOwn or RejectCode.LineIsOutsideYourOwn or RejectCode.RoleMayNot
            or RejectCode.OnlyTheWorkerOrItsLeadMay or RejectCode.OnlyTheWorkerItselfMay
            or RejectCode.OnlyTheGridLeaderOrItsDesksMayPlan or RejectCode.OnlyTheOwnGridMay
            or RejectCode.OnlyTheOwnGridAndItsDesksMay or RejectCode.OnlyTheVisitorOrTheGridMay
            or RejectCode.OnlyTheAskerMay or RejectCode.OnlyTheHolderOrTheGridLeaderMay
            or RejectCode.OnlyTheGridLeaderMayAssign =>
            StatusCodes.Status403Forbidden,
        RejectCode.CategoryIsUnknown or RejectCode.LineDoesNotMatchCategory or RejectCode.GridIsUnknown
            or RejectCode.OwnerIsUnknown or RejectCode.CodeIsForged or RejectCode.MatterIsUnknown =>
            StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status409Conflict,
    };

    public static ProblemDetails Details(
        string code, int status, string? detail, IDictionary<string, string[]>? errors = null)
    {
        var problem = new ProblemDetails
        {
            Type = $"urn:gridmesh:problem:{code}",
            Title = Words(code),
            Status = status,
            Detail = detail,
            Extensions = { ["code"] = code },
        };
        if (errors is not null)
        {
            problem.Extensions["errors"] = errors;
        }

        return problem;
    }

    /// <summary>The enum's name as a sentence.</summary>
    public static string Words(string code) => string.Concat(code.Select((c, i) =>
        i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : c.ToString())) + ".";

    private static IResult Of(string code, int status, string? detail) =>
        new ProblemResult(Details(code, status, detail));

    private sealed class ProblemResult(ProblemDetails details) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            if (Open311Answer.Serves(httpContext))
            {
                return Open311Endpoints.TellAsync(httpContext, details);
            }

            httpContext.Response.StatusCode = details.Status!.Value;
            return httpContext.Response.WriteAsJsonAsync(
                details, options: null, ContentType, httpContext.RequestAborted);
        }
    }
}
