using System.Text.Json;
using GridMesh.Contracts.Json;

namespace GridMesh.Gateway.Workers;

/// <summary>Why the entry at an index of the request was not taken.</summary>
/// <param name="Field">The field that is wrong; null where the entry itself is right.</param>
internal sealed record Rejected(int Index, string? Id, string Code, string? Field = null);

/// <summary>What was taken of a batch, answered 202.</summary>
internal sealed record BatchAnswer(int Accepted, IReadOnlyList<Rejected> Rejected) : IResult
{
    public const string ContentType = "application/json; charset=utf-8";

    private static readonly JsonWriterOptions s_json = new()
    {
        Encoder = MeshJson.Options.Encoder,
        SkipValidation = true,
    };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = StatusCodes.Status202Accepted;
        response.ContentType = ContentType;
        Write(response.BodyWriter);
        await response.BodyWriter.FlushAsync(httpContext.RequestAborted);
    }

    private void Write(System.IO.Pipelines.PipeWriter body)
    {
        using var json = new Utf8JsonWriter(body, s_json);
        json.WriteStartObject();
        json.WriteNumber("accepted"u8, Accepted);
        json.WriteStartArray("rejected"u8);
        foreach (var (index, id, code, field) in Rejected)
        {
            json.WriteStartObject();
            json.WriteNumber("index"u8, index);
            json.WriteString("id"u8, id);
            json.WriteString("code"u8, code);
            json.WriteString("field"u8, field);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
