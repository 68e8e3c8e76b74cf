using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using GridMesh.Contracts.Json;

namespace GridMesh.Gateway.Plumbing.Input;

/// <summary>How bodies and the hub's arguments are read: strictly, unlike what lies in the journal.</summary>
internal static class BodyJson
{
    public delegate T ItemReader<out T>(ref Utf8JsonReader reader);

    public static JsonSerializerOptions Options { get; } = Made();

    /// <summary>Makes options that the framework owns read so.</summary>
    public static void Apply(JsonSerializerOptions options)
    {
        MeshJson.Apply(options);
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Converters.Add(new WholeTextJsonConverter());
        options.Converters.Add(new ZonedTimeJsonConverter());
    }

    /// <summary>Reads the whole body by <paramref name="read"/>, where there is no type to bind it to.</summary>
    /// <exception cref="BadHttpRequestException">It is no JSON, or not what is read.</exception>
    public static async ValueTask<T> ReadAsync<T>(
        HttpContext context, Func<ReadOnlySequence<byte>, T> read)
    {
        if (!context.Request.HasJsonContentType())
            throw new BadHttpRequestException("no JSON", StatusCodes.Status415UnsupportedMediaType);

        var body = context.Request.BodyReader;
        while (true)
        {
            var some = await body.ReadAsync(context.RequestAborted);
            if (!some.IsCompleted)
            {
                body.AdvanceTo(some.Buffer.Start, some.Buffer.End);
                continue;
            }

            try
            {
                return read(some.Buffer);
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                throw new BadHttpRequestException(
                    "not that JSON", StatusCodes.Status400BadRequest, e as JsonException ?? new JsonException(null, e));
            }
            finally
            {
                body.AdvanceTo(some.Buffer.End);
            }
        }
    }

    /// <summary>Reads an array item by item. Where there are more than may be, the rest is not looked at.</summary>
    /// <param name="read">Begins and ends at an item: its first token, and then its last.</param>
    /// <exception cref="JsonException">It is no array, or not alone.</exception>
    public static (IReadOnlyList<T> Items, bool IsTooLong) ReadItems<T>(
        in ReadOnlySequence<byte> utf8, JsonReaderOptions options, int itemsMax, ItemReader<T> read)
    {
        var reader = new Utf8JsonReader(utf8, options);
        var items = new List<T>(1);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException("An array is expected.");

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (items.Count == itemsMax)
                return (items, true);

            items.Add(read(ref reader));
        }

        return reader.Read() ? throw new JsonException("More than one value.") : (items, false);
    }

    private static JsonSerializerOptions Made()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Apply(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
