using GridMesh.Contracts.Codes;
using Microsoft.AspNetCore.Mvc;

namespace GridMesh.Gateway.Plumbing.Problems;

/// <summary>Builds RFC 9457 problems with a stable <c>code</c>.</summary>
internal static class Problem
{
    public const string ContentType = "application/problem+json";

    public static IResult Of(RejectCode code, string? detail = null) =>
        Of(code.ToString(), ProblemStatus.Of(code), detail);

    public static IResult Of(ProblemCode code, string? detail = null) =>
        Of(code.ToString(), ProblemStatus.Of(code), detail);

    /// <summary>What only the framework has a status for.</summary>
    public static IResult OfStatus(int status, string? detail = null) =>
        Of(nameof(ProblemCode.RequestFailed), status, detail);

    public static IResult Invalid(IDictionary<string, string[]> errors) => new ProblemResult(Details(
        nameof(ProblemCode.ValidationFailed), StatusCodes.Status400BadRequest, "One or more fields are not valid.",
        errors));

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
            problem.Extensions["errors"] = errors;

        return problem;
    }

    /// <summary>The enum's name as a sentence.</summary>
    public static string Words(string code) => string.Concat(code.Select((c, i) =>
        i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : c.ToString())) + ".";

    private static IResult Of(string code, int status, string? detail) =>
        new ProblemResult(Details(code, status, detail));

    private sealed class ProblemResult(ProblemDetails details) : IResult, IStatusCodeHttpResult
    {
        public int? StatusCode => details.Status;

        public Task ExecuteAsync(HttpContext httpContext)
        {
            if (httpContext.Features.Get<IProblemFormat>() is { } format)
                return format.TellAsync(httpContext, details);

            httpContext.Response.StatusCode = details.Status!.Value;
            return httpContext.Response.WriteAsJsonAsync(
                details, options: null, ContentType, httpContext.RequestAborted);
        }
    }
}
