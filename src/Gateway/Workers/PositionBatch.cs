using System.Buffers;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using GridMesh.Contracts.Clocks;
using GridMesh.Contracts.Letters;
using GridMesh.Gateway.Plumbing.Input;

namespace GridMesh.Gateway.Workers;

/// <summary>
/// The positions of one request, read straight from the bytes: a phone sends one at a time, and building what a
/// serialiser needs costs more than reading it.
/// </summary>
internal sealed class PositionBatch(IReadOnlyList<PositionItem> items, bool isTooLong)
{
    /// <summary>Most positions in one request (API "positions").</summary>
    public const int ItemsMax = 1_000;

    private static readonly JsonReaderOptions s_options = new() { MaxDepth = 4 };

    public IReadOnlyList<PositionItem> Items => items;

    /// <summary>There were more; the rest was not looked at.</summary>
    public bool IsTooLong => isTooLong;

    /// <exception cref="BadHttpRequestException">No JSON, or not an array of positions.</exception>
    public static ValueTask<PositionBatch> BindAsync(HttpContext context, ParameterInfo parameter) =>
        BodyJson.ReadAsync(context, static body => Parse(body));

    /// <exception cref="JsonException">Not an array of objects or nulls.</exception>
    /// <exception cref="InvalidOperationException">A name that is no valid UTF-8.</exception>
    public static PositionBatch Parse(in ReadOnlySequence<byte> utf8)
    {
        var (items, isTooLong) = BodyJson.ReadItems(utf8, s_options, ItemsMax, ReadEntry);
        return new PositionBatch(items, isTooLong);
    }

    /// <summary>The position in an array of one; null for whatever else it is, right or wrong.</summary>
    /// <param name="likely">The worker that it is most likely of: one text serves all its positions.</param>
    public static PositionItem? TryParseOne(in ReadOnlySequence<byte> utf8, string? likely)
    {
        var reader = new Utf8JsonReader(utf8, s_options);
        try
        {
            if (reader.Read() && reader.TokenType == JsonTokenType.StartArray
                && reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                var item = ReadItem(ref reader, likely);
                if (reader.Read() && reader.TokenType == JsonTokenType.EndArray && !reader.Read())
                    return item;
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Said where all requests are answered.
        }

        return null;
    }

    private static PositionItem ReadEntry(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => ReadItem(ref reader),
        JsonTokenType.Null => PositionItem.Of(null, null, null, null, null),
        _ => throw new JsonException("A position is an object."),
    };

    private static PositionItem ReadItem(ref Utf8JsonReader reader, string? likely = null)
    {
        string? worker = null, wrong = null;
        double? lng = null, lat = null, accuracy = null;
        DateTimeOffset? at = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (Is(ref reader, "worker"u8))
            {
                worker = ReadText(ref reader, "worker", likely, ref wrong);
            }
            else if (Is(ref reader, "lng"u8))
            {
                lng = ReadNumber(ref reader, "lng", ref wrong);
            }
            else if (Is(ref reader, "lat"u8))
            {
                lat = ReadNumber(ref reader, "lat", ref wrong);
            }
            else if (Is(ref reader, "at"u8))
            {
                at = ReadTime(ref reader, "at", ref wrong);
            }
            else if (Is(ref reader, "accuracy"u8))
            {
                accuracy = ReadNumber(ref reader, "accuracy", ref wrong);
            }
            else
            {
                wrong ??= WholeText.Shorten(reader.GetString()!);
                reader.Skip();
            }
        }

        return PositionItem.Of(worker, lng, lat, at, accuracy, wrong);
    }

    /// <summary>Names are told apart as everywhere in the API: whatever the case of their letters.</summary>
    private static bool Is(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        if (!reader.HasValueSequence)
            return Ascii.EqualsIgnoreCase(name, reader.ValueSpan) || reader.ValueTextEquals(name);

        Span<byte> whole = stackalloc byte[name.Length];
        if (reader.ValueSequence.Length == name.Length)
            reader.ValueSequence.CopyTo(whole);

        return Ascii.EqualsIgnoreCase(name, whole) || reader.ValueTextEquals(name);
    }

    private static string? ReadText(ref Utf8JsonReader reader, string field, string? likely, ref string? wrong)
    {
        if (!ReadValue(ref reader))
            return null;

        if (likely is not null && reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(likely))
            return likely;

        try
        {
            if (reader.TokenType == JsonTokenType.String && reader.GetString() is { } text && WholeText.Is(text))
                return text;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, or no UTF-8: wrong like any other.
        }

        return Wrong<string?>(ref reader, field, ref wrong);
    }

    private static double? ReadNumber(ref Utf8JsonReader reader, string field, ref string? wrong) =>
        !ReadValue(ref reader) ? null
        : reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var number) ? number
        : reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped && double.TryParse(
            reader.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out number) ? number
        : Wrong<double?>(ref reader, field, ref wrong);

    private static DateTimeOffset? ReadTime(ref Utf8JsonReader reader, string field, ref string? wrong) =>
        !ReadValue(ref reader) ? null
        : ZonedTime.TryRead(ref reader, out var at) ? at
        : Wrong<DateTimeOffset?>(ref reader, field, ref wrong);

    /// <summary>False for null.</summary>
    private static bool ReadValue(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType != JsonTokenType.Null;

    /// <summary>The first field that is wrong is the one that is told; the reader goes on behind it.</summary>
    private static T? Wrong<T>(ref Utf8JsonReader reader, string field, ref string? wrong)
    {
        wrong ??= field;
        reader.Skip();
        return default;
    }
}
