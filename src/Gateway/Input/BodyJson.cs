using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using GridMesh.Contracts.Json;

namespace GridMesh.Gateway.Input;

/// <summary>How bodies and the hub's arguments are read: strictly, unlike what lies in the journal.</summary>
internal static class BodyJson
{
    public static JsonSerializerOptions Options { get; } = Made();

    /// <summary>Makes options that the framework owns read so.</summary>
    public static void Apply(JsonSerializerOptions options)
    {
        MeshJson.Apply(options);
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.Converters.Add(new WholeTextJsonConverter());
        options.Converters.Add(new ZonedTimeJsonConverter());
    }

    /// <summary>Reads the whole body by <paramref name="read"/>, where there is no type to bind it to.</summary>
    /// <exception cref="BadHttpRequestException">It is no JSON, or not what is read.</exception>
    public static async ValueTask<T> ReadAsync<T>(
        HttpContext context, Func<ReadOnlySequence<byte>, T> read)
    {
        if (!context.Request.HasJsonContentType())
        {
            throw new BadHttpRequestException("no JSON", StatusCodes.Status415UnsupportedMediaType);
        }

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

    private static JsonSerializerOptions Made()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Apply(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
