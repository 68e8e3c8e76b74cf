using System.Text.Json.Nodes;

namespace GridMesh.Gateway.Tests.ApiDocument;

/// <summary>What was asked and what was answered.</summary>
internal sealed record Exchange(string Method, string Path, int Status, string? MediaType, string Told, string? Sent)
{
    /// <summary>Of a batch whatever is wrong is refused by itself: then it was not taken as it was sent.</summary>
    private bool IsTaken =>
        Status is 200 or 201 || (Status == 202 && Told.Contains("\"rejected\":[]", StringComparison.Ordinal));

    public IEnumerable<string> Faults(ApiSchemas schemas)
    {
        var name = $"{Method.ToUpperInvariant()} {Path} {Status}";
        if (schemas.Paths[Path]?[Method] is not { } operation)
            return [$"{name}: the call is not described"];

        if (operation["responses"]![$"{Status}"] is not { } described)
            return [$"{name}: the status is not described: {Told}"];

        var faults = new List<string>();
        if (FaultOf(schemas, schemas.Follow(described)["content"]) is { } fault)
            faults.Add($"{name}: {fault}: {Told[..Math.Min(Told.Length, 300)]}");

        if (IsTaken && Sent is { Length: > 0 }
            && operation["requestBody"]?["content"]?["application/json"]?["schema"] is { } taken
            && schemas.Fault(taken, Sent) is { } wrong)
        {
            faults.Add($"{name}: was taken, against its description: {wrong}: {Sent[..Math.Min(Sent.Length, 300)]}");
        }

        return faults;
    }

    private string? FaultOf(ApiSchemas schemas, JsonNode? content) =>
        MediaType is null ? Told.Length == 0 && content is null ? null : "a media type is missing"
        : content?[MediaType] is not { } answer ? $"{MediaType} is not described"
        : MediaType.EndsWith("json", StringComparison.Ordinal) ? schemas.Fault(answer["schema"]!, Told)
        : null;
}
