using GridMesh.Gateway.Plumbing.Problems;
using Microsoft.AspNetCore.Mvc;

namespace GridMesh.Gateway.Open311;

/// <summary>What the framework or another part of the gateway has to say, in the words of Open311.</summary>
internal sealed class Open311Problems : IProblemFormat
{
    private static readonly Open311Problems s_format = new();

    public static void Use(IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (Open311Answer.Serves(context))
            context.Features.Set<IProblemFormat>(s_format);

        return next(context);
    });

    public Task TellAsync(HttpContext context, ProblemDetails problem)
    {
        string[] told = problem.Extensions.TryGetValue("errors", out var some)
            && some is IDictionary<string, string[]> errors
                ? [.. errors.SelectMany(error => error.Value.Select(words => $"{error.Key}: {words}"))]
                : [problem.Detail ?? problem.Title!];
        return Open311Answer.Error(problem.Status!.Value, told).ExecuteAsync(context);
    }
}
