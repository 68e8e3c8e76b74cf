using System.Net;
using System.Text.Json;
using GridMesh.Product.Fixture;

namespace GridMesh.Gateway.Tests.Reviews;

public sealed class ReviewTests(Product product)
{
    private const string Grid = "450105001002001";
    private const string Sibling = "450105001002002";
    private const string Community = "450105001002";
    private const int Days = 100;

    private static readonly DateTimeOffset s_now = TimeProvider.System.GetUtcNow();

    private readonly MeshApp _app = product.App;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Span =>
        $"from={s_now.AddDays(-Days):yyyy-MM-dd}T00:00:00Z&to={s_now.AddDays(1):yyyy-MM-dd}T00:00:00Z";

    [Fact(DisplayName = "[RV1, RV2, RV3, RV5] what stayed open, repeats in a spot and is shared by two grids is told, without what it says or who said it")]
    public async Task List()
    {
        var resident = await _app.SignInAsync("resident", Community);
        var dispatcher = await _app.SignInAsync("dispatcher");
        var before = await dispatcher.GetJsonAsync($"areas/{Community}/review?{Span}");
        foreach (var grid in (string[])[Grid, Grid, Grid, Sibling, Sibling, Sibling])
            await resident.ReportAsync(grid, description: "暗号不外传");

        var after = await dispatcher.GetJsonAsync($"areas/{Community}/review?{Span}");
        (Count(after) - Count(before)).ShouldBe(6);
        after.GetRawText().ShouldNotContain("暗号");
        after.GetRawText().ShouldNotContain("reporter", Case.Insensitive);
        after.GetProperty("open").GetProperty("ages").GetProperty("week").GetInt64().ShouldBeGreaterThanOrEqualTo(6);
        var repeat = after.GetProperty("repeats").EnumerateArray().Single(
            one => one.Text("grid") == Grid && one.Text("category") == "litter");
        repeat.GetProperty("cases").GetInt64().ShouldBeGreaterThanOrEqualTo(3);
        repeat.GetProperty("isSpot").GetBoolean().ShouldBeTrue();
        after.GetProperty("shared").EnumerateArray().Single(one => one.Text("category") == "litter")
            .GetProperty("children").EnumerateArray().Select(child => child.Text("code")).Order()
            .ShouldBe([Grid, Sibling]);
        (await dispatcher.GetJsonAsync($"areas/{Grid}/review?{Span}")).GetProperty("shared").GetArrayLength()
            .ShouldBe(0);
        (await dispatcher.GetJsonAsync($"areas/{Community}/review?{Span}&line=Emergency")).GetProperty("repeats")
            .EnumerateArray().ShouldNotContain(one => one.Text("category") == "litter");
        var emergency = await _app.SignInAsync("dispatcher", lines: "Emergency");
        (await emergency.GetJsonAsync($"areas/{Community}/review?{Span}")).GetRawText().ShouldNotContain("litter");
    }

    [Fact(DisplayName = "[RV4] without a period the answer says the last that has ended")]
    public async Task Period()
    {
        var answer = await (await _app.SignInAsync("viewer")).GetJsonAsync($"areas/{SmallDistrict.Code}/review");
        var to = answer.GetProperty("to").GetDateTimeOffset();
        to.ToOffset(TimeSpan.FromHours(8)).Day.ShouldBe(1);
        to.ShouldBeLessThanOrEqualTo(TimeProvider.System.GetUtcNow());
        answer.GetProperty("from").GetDateTimeOffset().ToOffset(TimeSpan.FromHours(8)).ShouldBe(
            to.ToOffset(TimeSpan.FromHours(8)).AddMonths(-1));
    }

    [Fact(DisplayName = "[RV5] residents have no list, nobody has that of another area")]
    public async Task Access()
    {
        await CodeAsync(await _app.SignInAsync("resident", Grid), Grid, "RoleMayNot");
        await CodeAsync(await _app.SignInAsync("lead", Grid), Sibling, "AreaIsOutsideYourOwn");
        await CodeAsync(await _app.SignInAsync("dispatcher"), "450105009", "AreaIsUnknown");
    }

    [Fact(DisplayName = "[RV6] the list as CSV: Chinese headings and as many cells as headings in every line")]
    public async Task Sheet()
    {
        var dispatcher = await _app.SignInAsync("dispatcher");
        await dispatcher.ReportAsync(Grid);
        using var response = await dispatcher.GetAsync($"/api/v1/areas/{Grid}/review?{Span}&format=csv", Token);
        response.Content.Headers.ContentType!.ToString().ShouldBe("text/csv; charset=utf-8");
        var lines = (await response.Content.ReadAsStringAsync(Token)).TrimEnd().Split("\r\n");
        lines[0].ShouldContain("未结天数 daysOpen");
        lines.ShouldContain(line => line.StartsWith("未结 open", StringComparison.Ordinal));
        lines.ShouldAllBe(line => line.Split(',', StringSplitOptions.None).Length == lines[0].Split(',').Length);
        using var asked = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/areas/{Grid}/review");
        asked.Headers.Accept.ParseAdd("text/csv");
        (await dispatcher.SendAsync(asked, Token)).Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
    }

    [Theory(DisplayName = "[RV4, RV7] a period, line or format that makes no sense is refused by its field")]
    [InlineData("from=2026-05-02T00:00:00Z", "to")]
    [InlineData("to=2026-05-02T00:00:00Z", "from")]
    [InlineData("from=2026-05-02T00:00:00Z&to=2026-05-01T00:00:00Z", "from")]
    [InlineData("from=2025-01-01T00:00:00Z&to=2026-05-01T00:00:00Z", "from")]
    [InlineData("from=0001-01-01T00:00:00Z&to=9999-12-31T23:59:59Z", "to")]
    [InlineData("line=King&format=pdf", "line")]
    [InlineData("line=King&format=pdf", "format")]
    public async Task Refused(string query, string field)
    {
        var dispatcher = await _app.SignInAsync("dispatcher");
        using var response = await dispatcher.GetAsync($"/api/v1/areas/{Grid}/review?{query}", Token);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync(Token)).ShouldContain($"\"{field}\":");
    }

    private static async Task CodeAsync(HttpClient client, string area, string code)
    {
        using var response = await client.GetAsync($"/api/v1/areas/{area}/review", Token);
        (await response.CodeAsync()).ShouldBe(code);
    }

    private static long Count(JsonElement answer) => answer.GetProperty("open").GetProperty("count").GetInt64();
}
