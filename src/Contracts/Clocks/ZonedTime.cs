using System.Globalization;
using System.Text;
using System.Text.Json;

namespace GridMesh.Contracts.Clocks;

/// <summary>
/// The one reader of moments. A time says its zone: without one it would be another moment on every machine. A day
/// alone is the beginning of that day in China, where a day may stand for a moment at all.
/// </summary>
public static class ZonedTime
{
    public const string Words = "is a time by ISO 8601 with its zone, as 2026-05-01T08:00:00+08:00";

    public const string DayWords = Words + ", or a day of China, as 2026-05-01";

    /// <summary>What lies outside is no time of a district, and no calendar can go a year on or back from it.</summary>
    private const int YearMin = 2000;

    private const int YearMax = 2999;

    /// <summary>Characters of the day, in front of time and zone.</summary>
    private const int DayLength = 10;

    private static readonly string[] s_forms =
        ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public static bool TryParse(string? text, out DateTimeOffset at)
    {
        // The '+' of a zone that was not escaped in a query has become a space.
        var form = text?.Replace(' ', '+') ?? "";
        var isTime = DateTimeOffset.TryParseExact(
            form, s_forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out at);
        return isTime && HasZone(form) && at.Year is >= YearMin and <= YearMax;
    }

    public static bool TryParseOrDay(string? text, out DateTimeOffset at)
    {
        if (!DateOnly.TryParseExact(
            text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return TryParse(text, out at);
        }

        at = day.Year is >= YearMin and <= YearMax ? ChinaTime.StartOf(day) : default;
        return at != default;
    }

    /// <summary>The time that the reader stands at; it stays there.</summary>
    public static bool TryRead(ref Utf8JsonReader reader, out DateTimeOffset at)
    {
        at = default;
        return reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out at)
            && (reader.HasValueSequence || reader.ValueIsEscaped
                ? HasZone(reader.GetString()!)
                : HasZone(reader.ValueSpan));
    }

    private static bool HasZone(string text) => HasZone(Encoding.UTF8.GetBytes(text));

    private static bool HasZone(ReadOnlySpan<byte> text) =>
        text.Length > DayLength && text[DayLength..].ContainsAny((byte)'Z', (byte)'+', (byte)'-');
}
