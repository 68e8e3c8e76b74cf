using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Geo;
using GridMesh.Contracts.Json;
using GridMesh.Exchange.Areas;
using GridMesh.Gateway.Directory;
using GridMesh.Gateway.Plumbing.Access;
using GridMesh.Gateway.Plumbing.Descriptions;
using GridMesh.Gateway.Plumbing.Input;
using GridMesh.Gateway.Plumbing.Problems;

namespace GridMesh.Gateway.Areas;

/// <summary>An area as lists name it.</summary>
internal sealed record AreaItem(AreaCode Code, string Name, string NameEn, Tier Tier, AreaCode? Parent)
{
    public static AreaItem Of(AreaEntry area) =>
        new(area.Code, area.Name, area.NameEn, area.Code.Tier, area.Code.Parent);
}

/// <summary>The grid at a point and everything above it, nearest first.</summary>
internal sealed record AreaAt(AreaItem Grid, IReadOnlyList<AreaItem> Ancestors);

/// <summary>What a case can be filed under.</summary>
/// <param name="Evidence">What has to be on record before it is closed; null where nothing is asked.</param>
internal sealed record CategoryItem(string Code, string Name, string NameEn, Line Line, string? Evidence);

/// <summary>The shape of <c>areas.geojson</c> (RFC 7946), as the description of the API tells it.</summary>
internal sealed record AreaFeatures(string Type, IReadOnlyList<AreaFeature> Features);

internal sealed record AreaFeature(string Type, AreaItem Properties, AreaOutline Geometry);

/// <param name="Type"><c>Polygon</c> or <c>MultiPolygon</c>.</param>
/// <param name="Coordinates">Rings of positions, or polygons of them.</param>
internal sealed record AreaOutline(string Type, IReadOnlyList<object> Coordinates);

internal static class AreaEndpoints
{
    private static readonly RejectCode[] s_codes = [RejectCode.AreaIsOutsideYourOwn, RejectCode.AreaIsUnknown];

    public static void MapAreas(this IEndpointRouteBuilder api)
    {
        api.MapGet("areas/{code}", GetAsync)
            .Describe(
                "getArea", "Snapshot of an area: numbers, children, open cases, workers",
                "区域快照：指标、下级、未结案件、人员")
            .Produces<AreaSnapshot>().Refuses(s_codes);
        api.MapGet("areas/{code}/children", Children)
            .Describe("listChildren", "Direct children of an area", "下一级区域")
            .Produces<IReadOnlyList<AreaItem>>().Refuses(s_codes);
        api.MapGet("areas/at", At)
            .Describe("findAreaAt", "The grid at a point, with its ancestors", "坐标所在网格及其上级")
            .Produces<AreaAt>().Refuses(s_codes);
        api.MapGet("areas.geojson", GeoJson)
            .Describe(
                "getAreasGeoJson", "Polygons of areas within one, as GeoJSON: the direct children, or all of a tier",
                "区域边界")
            .Produces<AreaFeatures>(StatusCodes.Status200OK, "application/geo+json").Refuses(s_codes);
        api.MapGet("categories", Categories)
            .Describe("listCategories", "What a case can be filed under", "可立案类别")
            .Produces<IReadOnlyList<CategoryItem>>();
    }

    private static async Task<IResult> GetAsync(
        string code, CurrentActor me, AreaChannels channels, IDirectory directory)
    {
        if (AreaAccess.Refusal(code, me.Actor, directory.Current, out AreaCode area) is { } refusal)
            return refusal;

        var snapshot = await channels.Of(area, AreaSight.Of(me.Actor)).SnapshotAsync();
        return Results.Bytes(snapshot.Utf8, "application/json; charset=utf-8");
    }

    private static IResult Children(string code, CurrentActor me, IDirectory directory) =>
        AreaAccess.Refusal(code, me.Actor, directory.Current, out AreaCode area)
        ?? Results.Ok(directory.Current.ChildrenOf(area).Select(AreaItem.Of));

    private static IResult At(
        [Required, Range(-180d, 180d)] double? lng, [Required, Range(-90d, 90d)] double? lat, CurrentActor me,
        IDirectory directory, GridLocator locator)
    {
        var check = new Check();
        check.That(lng is not null, "lng", "is required").That(lat is not null, "lat", "is required");
        var point = new GeoPoint(lng ?? 0, lat ?? 0);
        check.Point(point, "lng");
        if (check.Failed)
            return check.Problem;

        if (locator.GridAt(point) is not { } grid)
            return Problem.Of(RejectCode.AreaIsUnknown, "No grid lies at this point.");

        if (!me.Actor.Sees(grid))
            return Problem.Of(RejectCode.AreaIsOutsideYourOwn);

        var view = directory.Current;
        var ancestors = new List<AreaItem>();
        for (var up = grid.Parent; up is { } code; up = code.Parent)
        {
            if (view.Areas.TryGetValue(code, out var area))
                ancestors.Add(AreaItem.Of(area));
        }

        return Results.Ok(new AreaAt(AreaItem.Of(view.Areas[grid]), ancestors));
    }

    /// <summary>Direct children by default (a grid: itself); <c>tier</c> asks for all areas of a tier within.</summary>
    private static IResult GeoJson(
        [RegularExpression(TextForms.Area)] string? within, [NamesOf<Tier>] string? tier, CurrentActor me,
        IDirectory directory)
    {
        var check = new Check();
        var wanted = check.OneOf<Tier>(tier, "tier");
        if (check.Failed)
            return check.Problem;

        var named = within ?? me.Actor.Area.Value;
        if (AreaAccess.Refusal(named, me.Actor, directory.Current, out AreaCode area) is { } refusal)
            return refusal;

        var view = directory.Current;
        var areas = wanted is { } t
            ? view.Data.Areas.Where(entry => entry.Code.Tier == t && area.Contains(entry.Code))
            : area.Tier == Tier.Grid ? [view.Areas[area]] : view.ChildrenOf(area).AsEnumerable();
        return Results.Bytes(Features(areas), "application/geo+json; charset=utf-8");
    }

    private static IResult Categories(IDirectory directory) => Results.Ok(directory.Current.Data.Standards.Select(
        standard => new CategoryItem(
            standard.Category, standard.Name, standard.NameEn, standard.Line, standard.Evidence)));

    private static byte[] Features(IEnumerable<AreaEntry> areas)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = MeshJson.Options.Encoder }))
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "FeatureCollection"u8);
            writer.WriteStartArray("features"u8);
            foreach (var area in areas)
                WriteFeature(writer, area);

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void WriteFeature(Utf8JsonWriter writer, AreaEntry area)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "Feature"u8);
        writer.WritePropertyName("properties"u8);
        JsonSerializer.Serialize(writer, AreaItem.Of(area), MeshJson.Options);
        writer.WritePropertyName("geometry"u8);
        AreaGeometry.Write(writer, area.Shape);
        writer.WriteEndObject();
    }
}
