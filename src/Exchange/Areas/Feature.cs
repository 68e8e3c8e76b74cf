using System.Text.Encodings.Web;
using System.Text.Json;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Directory;

namespace GridMesh.Exchange.Areas;

/// <summary>One area as a GeoJSON feature.</summary>
internal static class Feature
{
    /// <summary>A triangle and its first point again.</summary>
    private const int PointsMin = 4;

    private static readonly JsonWriterOptions s_plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Null when something is wrong with it, which is reported.</summary>
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

        if (!AreaCode.TryParse(Text(properties, "code"), out var code, out var reason))
        {
            Fail("code", "区域编码格式错误", reason);
        }

        var (name, nameEn) = (Named("name"), Named("nameEn"));
        var ring = Ring(feature, code, Fail);
        return failed ? null : new AreaEntry(code, name, nameEn, ring);

        void Fail(string field, string zh, string en)
        {
            failed = true;
            problems.Add(PackageFiles.Areas, line, field, zh, en);
        }

        string Named(string field)
        {
            var text = Text(properties, field);
            if (string.IsNullOrWhiteSpace(text) || text.Length > ExchangeLimits.NameMax)
            {
                Fail(field, $"须为 1-{ExchangeLimits.NameMax} 个字符", $"has to be 1-{ExchangeLimits.NameMax} characters");
            }

            return text ?? "";
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
        if (area.Polygon.Length == 0)
        {
            json.WriteNullValue();
        }
        else
        {
            WritePolygon(json, area.Polygon);
        }

        json.WriteEndObject();
    }

    private static void WritePolygon(Utf8JsonWriter json, ImmutableArray<GeoPoint> ring)
    {
        json.WriteStartObject();
        json.WriteString("type", "Polygon");
        json.WriteStartArray("coordinates");
        json.WriteStartArray();
        foreach (var point in ring)
        {
            json.WriteStartArray();
            json.WriteNumberValue(point.Lng);
            json.WriteNumberValue(point.Lat);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string? Text(JsonElement properties, string name) =>
        properties.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static ImmutableArray<GeoPoint> Ring(
        JsonElement feature, AreaCode code, Action<string, string, string> fail)
    {
        if (!feature.TryGetProperty("geometry", out var geometry) || geometry.ValueKind == JsonValueKind.Null)
        {
            // A province or a city above the districts may go without a shape.
            if (code.Value is { Length: >= 6 })
            {
                fail("geometry", "缺少边界", "the polygon is missing");
            }

            return [];
        }

        if (geometry.ValueKind != JsonValueKind.Object || Text(geometry, "type") != "Polygon"
            || !geometry.TryGetProperty("coordinates", out var rings) || rings.ValueKind != JsonValueKind.Array
            || rings.GetArrayLength() != 1 || rings[0].ValueKind != JsonValueKind.Array)
        {
            fail("geometry", "须为单环的 Polygon（无孔洞）", "has to be a Polygon of one ring, without holes");
            return [];
        }

        if (rings[0].GetArrayLength() is < PointsMin or > ExchangeLimits.PolygonPointsMax)
        {
            fail(
                "geometry", $"边界须有 {PointsMin}-{ExchangeLimits.PolygonPointsMax} 个点",
                $"a ring has {PointsMin}-{ExchangeLimits.PolygonPointsMax} points");
            return [];
        }

        var points = rings[0].EnumerateArray().Select(Point).ToImmutableArray();
        if (points.Any(point => !point.IsValid))
        {
            fail("geometry", "含有无效坐标", "holds a position that is none");
        }
        else if (points[0] != points[^1])
        {
            fail("geometry", "边界未闭合", "the ring is not closed");
        }

        return points;
    }

    private static GeoPoint Point(JsonElement position) =>
        position.ValueKind == JsonValueKind.Array && position.GetArrayLength() >= 2
        && position[0].ValueKind == JsonValueKind.Number && position[0].TryGetDouble(out var lng)
        && position[1].ValueKind == JsonValueKind.Number && position[1].TryGetDouble(out var lat)
            ? new GeoPoint(lng, lat)
            : new GeoPoint(double.NaN, double.NaN);
}
