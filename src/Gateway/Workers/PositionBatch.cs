using System.Buffers;
using System.Reflection;
using System.Text;
using System.Text.Json;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Workers;

namespace GridMesh.Gateway.Workers;

/// <summary>One position of a request, as it was sent.</summary>
/// <param name="Worker">Null where it was missing.</param>
/// <param name="Report">Null where longitude, latitude or time was missing.</param>
internal readonly record struct PositionItem(string? Worker, PositionReport? Report);

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
    public static async ValueTask<PositionBatch> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        if (!context.Request.HasJsonContentType())
        {
            throw new BadHttpRequestException(
                "Positions are sent as application/json.", StatusCodes.Status415UnsupportedMediaType);
        }

        var body = context.Request.BodyReader;
        while (true)
        {
            var read = await body.ReadAsync(context.RequestAborted);
            if (!read.IsCompleted)
            {
                body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }

            try
            {
                return Parse(read.Buffer);
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                throw new BadHttpRequestException(
                    "The body is no array of positions.", StatusCodes.Status400BadRequest,
                    e as JsonException ?? new JsonException(e.Message, e));
            }
            finally
            {
                body.AdvanceTo(read.Buffer.End);
            }
        }
    }

    /// <exception cref="JsonException">Not an array of objects or nulls, or a field of another type.</exception>
    /// <exception cref="InvalidOperationException">A text that is no valid UTF-8.</exception>
    public static PositionBatch Parse(in ReadOnlySequence<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, s_options);
        var items = new List<PositionItem>(1);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("An array of positions is expected.");
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (items.Count == ItemsMax)
            {
                return new PositionBatch(items, isTooLong: true);
            }

            items.Add(reader.TokenType switch
            {
                JsonTokenType.StartObject => ReadItem(ref reader),
                JsonTokenType.Null => default,
                _ => throw new JsonException("A position is an object."),
            });
        }

        return reader.Read()
            ? throw new JsonException("More than one value.")
            : new PositionBatch(items, isTooLong: false);
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
                {
                    return item;
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Said where all requests are answered.
        }

        return null;
    }

    private static PositionItem ReadItem(ref Utf8JsonReader reader, string? likely = null)
    {
        string? worker = null;
        double? lng = null, lat = null, accuracy = null;
        DateTimeOffset? at = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (Is(ref reader, "worker"u8))
            {
                worker = !ReadValue(ref reader) ? null
                    : likely is not null && reader.ValueTextEquals(likely) ? likely
                    : reader.GetString() ?? string.Empty;
            }
            else if (Is(ref reader, "lng"u8))
            {
                lng = ReadNumber(ref reader);
            }
            else if (Is(ref reader, "lat"u8))
            {
                lat = ReadNumber(ref reader);
            }
            else if (Is(ref reader, "at"u8))
            {
                at = ReadTime(ref reader);
            }
            else if (Is(ref reader, "accuracy"u8))
            {
                accuracy = ReadNumber(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return new PositionItem(
            worker,
            lng is { } x && lat is { } y && at is { } time
                ? new PositionReport(new GeoPoint(x, y), time, accuracy)
                : null);
    }

    /// <summary>Names are told apart as everywhere in the API: whatever the case of their letters.</summary>
    private static bool Is(ref Utf8JsonReader reader, ReadOnlySpan<byte> name) =>
        reader.ValueTextEquals(name)
        || (reader.HasValueSequence
            ? Ascii.EqualsIgnoreCase(name, reader.GetString())
            : Ascii.EqualsIgnoreCase(name, reader.ValueSpan));

    /// <summary>False for null.</summary>
    private static bool ReadValue(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType != JsonTokenType.Null
        && (reader.TokenType is JsonTokenType.String or JsonTokenType.Number
            ? true
            : throw new JsonException("A field has the wrong type."));

    private static double? ReadNumber(ref Utf8JsonReader reader)
    {
        if (!ReadValue(ref reader))
        {
            return null;
        }

        if (reader.TokenType == JsonTokenType.Number)
        {
            return reader.GetDouble();
        }

        return double.TryParse(reader.GetString(), System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new JsonException("A number is expected.");
    }

    private static DateTimeOffset? ReadTime(ref Utf8JsonReader reader)
    {
        if (!ReadValue(ref reader))
        {
            return null;
        }

        return reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var at)
            ? at
            : throw new JsonException("A time is written in ISO 8601.");
    }
}
