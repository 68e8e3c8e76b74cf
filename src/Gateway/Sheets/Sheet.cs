using System.Text;
using GridMesh.Gateway.Problems;

namespace GridMesh.Gateway.Sheets;

/// <summary>Answers as a table for a spreadsheet: CSV (RFC 4180), UTF-8 with its mark.</summary>
internal static class Sheet
{
    private const string MediaType = "text/csv";

    /// <summary>True for <c>format=csv</c>, and without a format where the client would rather have a CSV.</summary>
    public static bool IsWanted(string? format, HttpContext context) => Is(format, "csv")
        || (format is null && context.Request.Headers.Accept.ToString().StartsWith(
            MediaType, StringComparison.OrdinalIgnoreCase));

    /// <summary>Checks the field <c>format</c>.</summary>
    public static void CheckFormat(Check check, string? format) =>
        check.That(format is null || Is(format, "csv") || Is(format, "json"), "format", "is json or csv");

    public static IResult Of(StringBuilder text, string file) => Results.File(
        [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())], $"{MediaType}; charset=utf-8", file);

    private static bool Is(string? format, string name) =>
        string.Equals(format, name, StringComparison.OrdinalIgnoreCase);
}
