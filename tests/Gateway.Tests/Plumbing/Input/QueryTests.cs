using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using GridMesh.Product.Fixture;

namespace GridMesh.Gateway.Tests.Plumbing.Input;

public sealed class QueryTests(Product product)
{
    private readonly MeshApp _app = product.App;

    [Theory(DisplayName = "[IN2] what a call does not take in its query is refused by name")]
    [InlineData("incidents?aera=450105001", "aera")]
    [InlineData("incidents?desk=450105001", "desk")]
    [InlineData("incidents?severity=Urgent", "severity")]
    [InlineData("areas/450105?at=2026-05-01", "at")]
    [InlineData("categories?limit=5", "limit")]
    [InlineData("kpis?area=450105&sort=up", "sort")]
    [InlineData("workers/W4501050010010011?x", "x")]
    [InlineData("incidents?overdue=yes", "overdue")]
    [InlineData("incidents?limit=many", "limit")]
    [InlineData("incidents?limit=1,2", "limit")]
    [InlineData("incidents?limit=1&limit=2", "limit")]
    [InlineData("incidents?step=Closed&step=Merged", "step")]
    [InlineData("areas/at?lng=NaN&lat=1", "lng")]
    [InlineData("areas/at?lng=1e999&lat=1", "lng")]
    [InlineData("incidents/similar?category=litter&lng=108.3&lat=22.8&hours=1.5", "hours")]
    public async Task Refused(string path, string field)
    {
        var admin = await _app.SignInAsync("admin");
        (await (await admin.GetAsync($"/api/v1/{path}")).ErrorsAsync()).ShouldBe([field]);
    }

    [Fact(DisplayName = "[IN2] everything that is wrong with a query is told at once, and what is right is taken in any case of its letters")]
    public async Task AtOnce()
    {
        var admin = await _app.SignInAsync("admin");
        (await (await admin.GetAsync("/api/v1/incidents?aera=1&from=today&step=x&limit=5")).ErrorsAsync())
            .ShouldBe(["aera", "from", "step"], ignoreOrder: true);
        (await admin.GetAsync("/api/v1/incidents?Area=450105&LIMIT=5")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await admin.GetAsync("/api/v1/kpis?by=day&format=csv&area=450105")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await admin.PutAsync("/api/v1/ladders?dry=true", new StringContent("[]"))).ErrorsAsync())
            .ShouldBe(["dry"]);
    }

    [Fact(DisplayName = "[IN2] a single position with a query goes the way of all requests")]
    public async Task Positions()
    {
        var admin = await _app.SignInAsync("admin");
        var answer = await admin.PostAsync(
            "/api/v1/positions?aera=1", new StringContent("[{}]", Encoding.UTF8, "application/json"));
        (await answer.ErrorsAsync()).ShouldBe(["aera"]);
    }

    [Theory(DisplayName = "[IN2] Open311 passes over what it does not know, as its standard has it")]
    [InlineData("requests.json?jurisdiction_id=450105&extensions=true&api_key=development-open311&colour=red")]
    [InlineData("services.json?locale=zh")]
    public async Task Open311(string path) =>
        (await _app.Http.GetAsync($"/open311/v2/{path}")).StatusCode.ShouldBe(HttpStatusCode.OK);

    [Theory(DisplayName = "[IN4] a time in a query says its zone; a day alone is China's")]
    [InlineData("kpis?by=day&from=2026-11-01T00:00:00&to=2026-12-01T00:00:00Z", "from")]
    [InlineData("kpis?by=day&from=2026-11-01&to=2026-12-01T00:00", "to")]
    [InlineData("kpis/children?by=day&from=20261101", "from")]
    [InlineData("kpis?by=day&from=1%20Nov%202026%20%2B08:00", "from")]
    [InlineData("incidents?from=2026-11-31", "from")]
    [InlineData("incidents?to=0001-01-01", "to")]
    [InlineData("areas/450105/review?from=2026-11-01T00:00:00&to=2026-12-01", "from")]
    [InlineData("workers/W4501050010010011/track?to=2026-12-01T10:00:00", "to")]
    public async Task NoZone(string path, string field)
    {
        var admin = await _app.SignInAsync("admin");
        (await (await admin.GetAsync($"/api/v1/{path}")).ErrorsAsync()).ShouldBe([field]);
    }

    [Theory(DisplayName = "[IN4] a day alone begins in China, whatever zone the host is in")]
    [InlineData("from=2026-11-01&to=2026-12-01")]
    [InlineData("from=2026-11-01T00:00:00%2B08:00&to=2026-11-30T16:00:00Z")]
    [InlineData("from=2026-11-01T00:00%2B08:00&to=2026-12-01T00:00:00.000+08:00")]
    public async Task Days(string span)
    {
        var admin = await _app.SignInAsync("admin");
        var kpis = await admin.GetJsonAsync($"kpis?area=450105&by=day&{span}");
        (kpis.Text("from"), kpis.Text("to")).ShouldBe(("2026-11-01T00:00:00+08:00", "2026-12-01T00:00:00+08:00"));
    }

    [Fact(DisplayName = "[IN4] Open311 takes no time without a zone either")]
    public async Task Open311Time()
    {
        (await _app.Http.GetAsync("/open311/v2/requests.json?start_date=2026-11-01T00:00:00")).StatusCode.ShouldBe(
            HttpStatusCode.BadRequest);
        (await _app.Http.GetAsync(
            "/open311/v2/requests.json?start_date=2026-11-01&end_date=2026-11-05T00:00:00Z")).StatusCode.ShouldBe(
                HttpStatusCode.OK);
    }

    [Theory(DisplayName = "[IN6] NUL is refused by the name of its parameter, and a cut letter is never told")]
    [InlineData("/api/v1/incidents?q=a%00b", "q")]
    [InlineData("/api/v1/workers?cursor=%00", "cursor")]
    [InlineData("/api/v1/incidents?a%00=1", "query")]
    public async Task Nul(string path, string field)
    {
        var admin = await _app.SignInAsync("admin");
        (await (await admin.GetAsync(path)).ErrorsAsync()).ShouldBe([field]);
    }

    [Fact(DisplayName = "[IN6] NUL is refused in the words of Open311 too")]
    public async Task Open311Nul()
    {
        var answer = await _app.Http.GetAsync("/open311/v2/requests.xml?status=op%00en");
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("status: has whole letters");
    }

    [Fact(DisplayName = "[IN6] an id of long letters is unknown to Open311 like any other, in XML and JSON")]
    public async Task HalfALetter()
    {
        var id = "a" + string.Concat(Enumerable.Repeat("\U00020BB7", 30));
        foreach (var path in (string[])
        [
            $"requests/{id}.xml", $"requests/{id}.json", $"tokens/{id}.xml", $"services/{id}.xml",
            $"requests.xml?jurisdiction_id={id}",
        ])
        {
            var answer = await _app.Http.GetAsync($"/open311/v2/{path}");
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
            Regex.Unescape(await answer.Content.ReadAsStringAsync()).ShouldContain("\U00020BB7…");
        }
    }

    [Fact(DisplayName = "[AC8] a path that is nothing is 404 for everybody")]
    public async Task Nothing()
    {
        using var stranger = new HttpClient { BaseAddress = _app.Url };
        stranger.DefaultRequestHeaders.Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue(
            "Bearer", "rubbish");
        foreach (var client in (HttpClient[])[_app.Http, stranger, await _app.SignInAsync("viewer")])
        {
            foreach (var path in (string[])["/api/v1/nonsense", "/api/v2/incidents", "/nonsense",
                "/api/v1/incidents/1/2/3/4", "/openapi/v2.json", "/hubs/nothing"])
            {
                var answer = await client.GetAsync(path);
                answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
                (await answer.CodeAsync()).ShouldBe("RouteNotFound", path);
            }
        }

        (await _app.Http.GetAsync("/api/v1/incidents?aera=1")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory(DisplayName = "[IN7] why a token is refused is told without the framework's words")]
    [InlineData("rubbish")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.")]
    public async Task Token(string token)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get, "/api/v1/categories") { Headers = { { "Authorization", $"Bearer {token}" } } };
        var answer = await _app.Http.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await answer.Content.ReadAsStringAsync()).ShouldNotContain("IDX");
    }
}
