using System.Text.Encodings.Web;
using System.Text.Json;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Geo;
using GridMesh.Contracts.Letters;

namespace GridMesh.Exchange.Areas;

/// <summary>One area as a GeoJSON feature.</summary>
internal static class Feature
{
    private static readonly JsonWriterOptions s_plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Null when something is wrong with it, which is reported.</summary>
    /// <exception cref="InvalidOperationException">A text or a name has half a letter.</exception>
    public static AreaEntry? Read(JsonElement feature, int line, ProblemList problems)
    {
        var failed = false;
        if (feature.ValueKind != JsonValueKind.Object
            || !feature.TryGetProperty("properties", out var properties)
            || properties.ValueKind != JsonValueKind.Object)
        {
            problems.Add(PackageFiles.Areas, line, "properties", "缺少属性", "the properties are missing");
            return null;
        }

        var (name, nameEn) = (Text(properties, "name"), Text(properties, "nameEn"));
        if (!AreaCode.TryParse(Text(properties, "code"), out var code, out var reason))
            Fail("code", "区域编码格式错误", reason);

        CheckName("name", name);
        CheckName("nameEn", nameEn);
        var shape = Shape(feature, code, Fail);
        return failed ? null : new AreaEntry(code, name!, nameEn!, shape);

        void Fail(string field, string zh, string en)
        {
            failed = true;
            problems.AddOfArea(line, Text(properties, "code"), name, field, zh, en);
        }

        void CheckName(string field, string? text)
        {
            if (string.IsNullOrWhiteSpace(text) || text.Length > ExchangeLimits.NameMax)
            {
                Fail(
                    field, $"须为 1-{ExchangeLimits.NameMax} 个完整字符",
                    $"has to be 1-{ExchangeLimits.NameMax} characters, whole ones");
            }
        }
    }

    public static void Write(Stream stream, AreaEntry area)
    {
        using var json = new Utf8JsonWriter(stream, s_plain);
        json.WriteStartObject();
        json.WriteString("type", "Feature");
        json.WriteStartObject("properties");
        json.WriteString("code", area.Code.Value);
        json.WriteString("name", area.Name);
        json.WriteString("nameEn", area.NameEn);
        json.WriteEndObject();
        json.WritePropertyName("geometry");
        if (area.Shape.IsEmpty)
            json.WriteNullValue();
        else
            AreaGeometry.Write(json, area.Shape);

        json.WriteEndObject();
    }

    /// <summary>Null too where it has NUL in it.</summary>
    private static string? Text(JsonElement properties, string name) =>
        properties.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            && value.GetString() is { } text && WholeText.Is(text) ? text : null;

    private static AreaShape Shape(JsonElement feature, AreaCode code, Action<string, string, string> fail)
    {
        var shape = AreaShape.None;
        if (feature.TryGetProperty("geometry", out var geometry) && geometry.ValueKind != JsonValueKind.Null)
        {
            if (geometry.ValueKind != JsonValueKind.Object
                || Text(geometry, "type") is not ("Polygon" or "MultiPolygon"))
            {
                fail("geometry", "须为 Polygon 或 MultiPolygon", "has to be a Polygon or a MultiPolygon");
                return shape;
            }

            shape = Read(geometry, fail);
        }

        // A province or a city above the districts may go without a shape.
        if (shape is { IsEmpty: true } && code.Value is { Length: >= 6 })
            fail("geometry", "缺少边界", "the polygon is missing");

        return shape ?? AreaShape.None;
    }

    /// <summary>Null when something is wrong with it, which is reported.</summary>
    private static AreaShape? Read(JsonElement geometry, Action<string, string, string> fail)
    {
        try
        {
            var shape = AreaGeometry.Read(geometry);
            var points = shape.Rings.Sum(ring => ring.Length);
            if (points > ExchangeLimits.ShapePointsMax)
            {
                fail(
                    "geometry", $"边界超过 {ExchangeLimits.ShapePointsMax} 个点",
                    $"has more than {ExchangeLimits.ShapePointsMax} points");
            }
            else if (shape.Rings.Any(ring => ring.Any(point => !point.IsValid)))
            {
                fail("geometry", "含有无效坐标", "holds a position that is none");
            }

            return shape;
        }
        catch (ArgumentException)
        {
            fail("geometry", "边界未闭合，或不足 4 个点", "a ring is not closed, or has fewer than 4 points");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            fail("geometry", "坐标格式错误", "the coordinates are not those of its type");
        }

        return null;
    }
}
