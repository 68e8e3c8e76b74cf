using Microsoft.AspNetCore.Mvc;

namespace GridMesh.Gateway.Plumbing.Problems;

/// <summary>A feature of requests that are answered in other words than ours: how those tell a problem.</summary>
internal interface IProblemFormat
{
    Task TellAsync(HttpContext context, ProblemDetails problem);
}
