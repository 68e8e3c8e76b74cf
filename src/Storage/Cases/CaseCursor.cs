using System.Globalization;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;

namespace GridMesh.Storage.Cases;

/// <summary>The place after the last item of a page: time of the report and number of that item.</summary>
internal readonly record struct CaseCursor(long ReportedTicks, string Number)
{
    private const char Separator = '~';

    public static CaseCursor After(CaseRow row) => new(row.ReportedAt.UtcTicks, row.Number.Value);

    /// <exception cref="FormatException">Not a cursor of ours.</exception>
    public static CaseCursor Parse(string text)
    {
        var parts = text.Split(Separator);
        if (parts.Length != 2 || !CaseNumber.TryParse(parts[1], out var number, out _)
            || !long.TryParse(parts[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var ticks))
        {
            throw new FormatException("The cursor is not one that a search has given out.");
        }

        return new CaseCursor(ticks, number.Value);
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{ReportedTicks:x}{Separator}{Number}");
}
