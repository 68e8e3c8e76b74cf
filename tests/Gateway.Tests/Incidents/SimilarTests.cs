using System.Net;
using System.Text.Json;
using GridMesh.Product.Fixture;

namespace GridMesh.Gateway.Tests.Incidents;

public sealed class SimilarTests(Product product)
{
    private readonly MeshApp _app = product.App;

    [Fact(DisplayName = "[CL17] the same matter a few metres on, also beyond a border of grids, is offered before a report and with its answer; closed, far and other ones are not")]
    public async Task Offers()
    {
        var dispatcher = await _app.SignInAsync("dispatcher");

        // Eight metres to both sides of the border between two grids.
        var middle = SmallDistrict.PointIn(SmallDistrict.FarGrid);
        double border = middle.Lng - 0.005, lat = middle.Lat + 0.0041;
        var west = await ReportAsync(dispatcher, "cover", border - 0.00008, lat);
        var east = await ReportAsync(dispatcher, "cover", border + 0.00008, lat);
        var other = await ReportAsync(dispatcher, "litter", border, lat);
        var far = await ReportAsync(dispatcher, "cover", border + 0.002, lat);
        west.Id[..15].ShouldNotBe(east.Id[..15]);
        west.Links.ShouldBeEmpty();
        east.Links.ShouldBe([$"</api/v1/incidents/{west.Id}>; rel=\"similar\""]);
        other.Links.ShouldBeEmpty();
        far.Links.ShouldBeEmpty();

        var near = await SimilarAsync(dispatcher, border + 0.00005, lat);
        near.Select(item => item.Text("id")).ShouldBe([east.Id, west.Id]);
        near[0].GetProperty("metres").GetDouble().ShouldBeLessThan(near[1].GetProperty("metres").GetDouble());
        (await SimilarAsync(dispatcher, border, lat, "&metres=5")).ShouldBeEmpty();

        // A worker of one grid is told of that grid's only; a case that is no longer open is no answer.
        var worker = await _app.SignInAsync("worker", west.Id[..15], SmallDistrict.WorkerOf(west.Id[..15]));
        (await SimilarAsync(worker, border, lat)).Select(item => item.Text("id")).ShouldBe([west.Id]);
        (await dispatcher.SendAsync($"incidents/{east.Id}/reject", new { reason = "重复上报" })).StatusCode.ShouldBe(
            HttpStatusCode.OK);
        await Eventually.TrueAsync(
            async () => (await SimilarAsync(dispatcher, border, lat)).Length == 1, "the rejected one is gone");
    }

    [Theory(DisplayName = "[CL17, PB2] a question without category or place, or beyond its bounds, is refused by its field")]
    [InlineData("lng=108.3&lat=22.7", "category")]
    [InlineData("category=nothing&lng=108.3&lat=22.7", "category")]
    [InlineData("category=cover&lng=108.3", "lng")]
    [InlineData("category=cover&lng=208.3&lat=22.7", "lng")]
    [InlineData("category=cover&lng=108.3&lat=22.7&metres=0", "metres")]
    [InlineData("category=cover&lng=108.3&lat=22.7&metres=1001", "metres")]
    [InlineData("category=cover&lng=108.3&lat=22.7&hours=0", "hours")]
    [InlineData("category=cover&lng=108.3&lat=22.7&limit=51", "limit")]
    public async Task Refused(string query, string field)
    {
        using var answer = await (await _app.SignInAsync("dispatcher"))
            .GetAsync($"/api/v1/incidents/similar?{query}", TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.JsonAsync()).GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue();
    }

    private static async Task<(string Id, string[] Links)> ReportAsync(
        HttpClient client, string category, double lng, double lat)
    {
        using var answer = await client.SendAsync(
            "incidents", new { category, description = "井盖", position = new { lng, lat } });
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        var links = answer.Headers.TryGetValues("Link", out var values) ? values.ToArray() : [];
        var id = (await answer.JsonAsync()).Text("id");

        // The grid hears of a case in a call of its own.
        await Eventually.TrueAsync(
            async () =>
                (await SimilarAsync(client, lng, lat, "&metres=1", category)).Any(item => item.Text("id") == id),
                "the grid knows the case");
        return (id, links);
    }

    private static async Task<JsonElement[]> SimilarAsync(
        HttpClient client, double lng, double lat, string more = "", string category = "cover") =>
    [
        .. (await client.GetJsonAsync(
            FormattableString.Invariant($"incidents/similar?category={category}&lng={lng}&lat={lat}{more}")))
            .GetProperty("items").EnumerateArray(),
    ];
}
