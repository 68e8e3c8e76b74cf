using System.Globalization;
using GridMesh.Exchange.Rows;

namespace GridMesh.Gateway.Plumbing.Sheets;

/// <summary>Answers as a table for a spreadsheet: CSV (RFC 4180), UTF-8 with its mark.</summary>
internal static class Sheet
{
    public const string MediaType = "text/csv";

    /// <summary>What a spreadsheet takes for the beginning of a formula.</summary>
    private const string FormulaBeginnings = "=+-@\t\r";

    /// <summary>True for <c>format=csv</c>, and without a format where the client would rather have a CSV.</summary>
    public static bool IsWanted(string? format, HttpContext context) => Is(format, "csv")
        || (format is null && context.Request.Headers.Accept.ToString().StartsWith(
            MediaType, StringComparison.OrdinalIgnoreCase));

    /// <param name="lines">The headings first.</param>
    public static IResult Of(string file, IEnumerable<object?[]> lines)
    {
        using var bytes = new MemoryStream();
        using (var csv = new CsvLines(bytes, "\r\n"))
        {
            foreach (var line in lines)
                csv.Write([.. line.Select(Cell)]);
        }

        return Results.File(bytes.ToArray(), $"{MediaType}; charset=utf-8", file);
    }

    /// <summary>Texts are others' words: none of them is a formula. A number keeps its sign.</summary>
    private static string? Cell(object? value) => value is string { Length: > 0 } text
        ? FormulaBeginnings.Contains(text[0], StringComparison.Ordinal) ? $"'{text}" : text
        : Convert.ToString(value, CultureInfo.InvariantCulture);

    private static bool Is(string? format, string name) =>
        string.Equals(format, name, StringComparison.OrdinalIgnoreCase);
}
