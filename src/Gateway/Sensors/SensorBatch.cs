using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Geo;
using GridMesh.Gateway.Plumbing.Input;

namespace GridMesh.Gateway.Sensors;

internal sealed record SensorBody
{
    [Required]
    public string? Device { get; init; }

    [Required, NamesOf<SensorKind>]
    public string? Kind { get; init; }

    public string? Building { get; init; }

    public GeoPoint? Position { get; init; }

    [Required]
    public DateTimeOffset? At { get; init; }

    public double? Value { get; init; }
}

/// <summary>One event of a request.</summary>
/// <param name="Body">Null where it could not be read.</param>
/// <param name="Wrong">The field that could not be read; null where that was the whole event, or nothing.</param>
internal readonly record struct SensorItem(SensorBody? Body, string? Wrong);

/// <summary>The events of one request, read one by one: a wrong one is no reason to lose the others.</summary>
internal sealed class SensorBatch(IReadOnlyList<SensorItem> items, bool isTooLong)
{
    /// <summary>Most events in one request.</summary>
    public const int ItemsMax = 1_000;

    private static readonly JsonReaderOptions s_options = new() { MaxDepth = BodyJson.Options.MaxDepth };

    public IReadOnlyList<SensorItem> Items => items;

    /// <summary>There were more; the rest was not looked at.</summary>
    public bool IsTooLong => isTooLong;

    /// <exception cref="BadHttpRequestException">No JSON, or no array.</exception>
    public static ValueTask<SensorBatch> BindAsync(HttpContext context, ParameterInfo parameter) =>
        BodyJson.ReadAsync(context, static body =>
        {
            var (items, isTooLong) = BodyJson.ReadItems(body, s_options, ItemsMax, ReadItem);
            return new SensorBatch(items, isTooLong);
        });

    private static SensorItem ReadItem(ref Utf8JsonReader reader)
    {
        var start = reader;
        try
        {
            return new SensorItem(JsonSerializer.Deserialize<SensorBody>(ref reader, BodyJson.Options), null);
        }
        catch (JsonException e)
        {
            // What is no JSON at all is met again here, and by whoever called.
            reader = start;
            reader.Skip();
            return new SensorItem(null, BodyFault.FieldOf(e));
        }
    }
}
