using GridMesh.Gateway.Plumbing.Input;
using Microsoft.OpenApi;

namespace GridMesh.Gateway.ApiDocument;

/// <summary>What stands in paths.</summary>
internal static class PathWords
{
    public static (OpenApiSchema Schema, string Words) Of(string path, string name) => name switch
    {
        "code" when path.Contains("/buildings/", StringComparison.Ordinal) =>
            Text("The building's 20 digits 楼栋编码", TextForms.Building),
        "code" => Text("The area's 2-15 digits 区域编码", TextForms.Area),
        "id" when path.Contains("/incidents/", StringComparison.Ordinal) =>
            Text("The case's number 案件编号", TextForms.Case),
        "id" when path.Contains("/services/", StringComparison.Ordinal) =>
            Text("The service's number 代办编号", TextForms.Service),
        "id" when path.Contains("/workers/", StringComparison.Ordinal) => Text("The worker's id 人员编号"),
        "id" when path.Contains("/subscriptions/", StringComparison.Ordinal) => Text("The subscription's id"),
        "hash" => Text("SHA-256 of the photo in hexadecimal digits", TextForms.Hash),
        "number" when path.Contains("/dead-letters/", StringComparison.Ordinal) => (
            new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" }, "The letter's number"),
        "number" => Text("The order's number as the hotline has it 工单号"),
        "plan" => Text("The plan's id 计划编号"),
        _ => Text("Its id"),
    };

    private static (OpenApiSchema Schema, string Words) Text(string words, string? pattern = null) =>
        (new OpenApiSchema { Type = JsonSchemaType.String, Pattern = pattern }, words);
}
