using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace GridMesh.Load.Bare;

/// <summary>
/// Kestrel that reads a body and answers as the product would, with nothing in between: the most single requests that
/// this machine can take beside the load.
/// </summary>
internal static class BareDoor
{
    public const string Path = "/api/v1/positions";

    private static readonly byte[] s_answer = "{\"accepted\":1,\"rejected\":[]}"u8.ToArray();

    public static void MapBareDoor(this WebApplication app) => app.MapPost(Path, (RequestDelegate)AnswerAsync);

    private static async Task AnswerAsync(HttpContext context)
    {
        var body = context.Request.BodyReader;
        while (await body.ReadAsync(context.RequestAborted) is var read)
        {
            body.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                break;
            }
        }

        context.Response.StatusCode = StatusCodes.Status202Accepted;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = s_answer.Length;
        await context.Response.BodyWriter.WriteAsync(s_answer, context.RequestAborted);
    }
}
