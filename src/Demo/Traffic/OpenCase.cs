using System.Text.Json;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Incidents;

namespace GridMesh.Demo.Traffic;

/// <summary>A case as the traffic knows it from the last answer.</summary>
/// <param name="Hurry">So many steps are taken within seconds: for the stock of the first minute.</param>
internal sealed record OpenCase(
    string Id, AreaCode Grid, Step Step, long Version, string Category, Severity Severity, Line Line, Source Source,
    string? Owner, int Hurry = 0)
{
    /// <summary>From a case or a list item of the API.</summary>
    public static OpenCase Read(JsonElement json, int hurry = 0) => new(
        json.GetProperty("id").GetString()!,
        AreaCode.Parse(json.GetProperty("grid").GetString()!),
        Enum.Parse<Step>(json.GetProperty("step").GetString()!),
        json.GetProperty("version").GetInt64(),
        json.GetProperty("category").GetString()!,
        Enum.Parse<Severity>(json.GetProperty("severity").GetString()!),
        Enum.Parse<Line>(json.GetProperty("line").GetString()!),
        Enum.Parse<Source>(json.GetProperty("source").GetString()!),
        json.TryGetProperty("owner", out var owner) ? owner.GetString() : null,
        hurry);
}
