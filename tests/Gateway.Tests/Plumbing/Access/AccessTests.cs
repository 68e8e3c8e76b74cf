using System.Net;
using System.Net.Http.Headers;
using GridMesh.Client;
using GridMesh.Gateway.Plumbing.Hosting;
using GridMesh.Product.Fixture;

namespace GridMesh.Gateway.Tests.Plumbing.Access;

public sealed class AccessTests(Product product)
{
    private readonly MeshApp _app = product.App;

    [Theory(DisplayName = "[AC1] without a token every endpoint answers 401 with a problem")]
    [InlineData("GET", "/api/v1/areas/450105")]
    [InlineData("GET", "/api/v1/incidents")]
    [InlineData("POST", "/api/v1/incidents")]
    [InlineData("POST", "/api/v1/positions")]
    [InlineData("POST", "/api/v1/sensors/events")]
    [InlineData("GET", "/api/v1/workers")]
    [InlineData("GET", "/api/v1/categories")]
    [InlineData("POST", "/api/v1/subscriptions")]
    [InlineData("GET", "/api/v1/subscriptions")]
    [InlineData("GET", "/api/v1/sensors/unknown")]
    [InlineData("GET", "/api/v1/buildings/45010500100100100001")]
    [InlineData("POST", "/hubs/mesh/negotiate?negotiateVersion=1")]
    [InlineData("GET", "/hubs/mesh?access_token=rubbish")]
    public async Task NoToken(string method, string path)
    {
        var answer = await _app.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await answer.CodeAsync()).ShouldBe("TokenIsMissingOrInvalid");
    }

    [Fact(DisplayName = "[AC1] a token with a broken signature is none")]
    public async Task BrokenSignature()
    {
        var token = await _app.TokenAsync("admin");
        using var client = new HttpClient { BaseAddress = _app.Url };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token[..^4] + "AAAA");
        (await client.GetAsync("/api/v1/categories")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact(DisplayName = "[AC2] a token reaches its own area and what lies below, nothing else")]
    public async Task OwnArea()
    {
        var district = await _app.SignInAsync("dispatcher");
        var far = await district.ReportAsync(SmallDistrict.FarGrid);
        var town = await _app.SignInAsync("dispatcher", SmallDistrict.Town);
        string[] refused =
        [
            $"areas/{SmallDistrict.Code}", $"areas/{SmallDistrict.OtherTown}",
            $"areas/{SmallDistrict.FarGrid}/children",
            $"areas.geojson?within={SmallDistrict.Code}", $"incidents?area={SmallDistrict.Code}",
            $"incidents/{far.Id()}",
            $"workers?area={SmallDistrict.OtherTown}", $"workers/{SmallDistrict.WorkerOf(SmallDistrict.FarGrid)}",
            $"workers/{SmallDistrict.WorkerOf(SmallDistrict.FarGrid)}/track",
            $"buildings/{SmallDistrict.BuildingOf(SmallDistrict.FarGrid)}",
        ];
        foreach (var path in refused)
        {
            var answer = await town.GetAsync($"/api/v1/{path}");
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, path);
            (await answer.CodeAsync()).ShouldBe("AreaIsOutsideYourOwn", path);
        }

        (await town.CommandAsync(far, "dispatch", new { owner = "D-urban" })).StatusCode.ShouldBe(
            HttpStatusCode.Forbidden);
        (await town.SendAsync(
            "incidents", new { category = "litter", description = "x", grid = SmallDistrict.FarGrid }))
            .StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await town.GetAsync($"/api/v1/areas/{SmallDistrict.Grid}")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact(DisplayName = "[AC2] the hub refuses a foreign area with the reject code")]
    public async Task HubArea()
    {
        var hub = LiveView.Connect(_app.Url, await _app.TokenAsync("viewer", SmallDistrict.Town));
        await hub.StartAsync();
        foreach (var (code, reject) in new[]
        {
            (SmallDistrict.Code, "AreaIsOutsideYourOwn"), (SmallDistrict.OtherTown, "AreaIsOutsideYourOwn"),
            ("rubbish", "AreaIsUnknown"), (SmallDistrict.Town + "009", "AreaIsUnknown"),
        })
        {
            var refusal = await Should.ThrowAsync<Exception>(
                () => Microsoft.AspNetCore.SignalR.Client.HubConnectionExtensions
                .InvokeAsync<object>(hub, "Watch", code, null));
            refusal.Message.ShouldContain(reject);
        }

        await hub.DisposeAsync();
    }

    [Fact(DisplayName = "[AC3] a token limited to lines sees and files no other line's cases")]
    public async Task Lines()
    {
        var all = await _app.SignInAsync("dispatcher");
        var dispute = await all.ReportAsync(category: "dispute");
        var urban = await _app.SignInAsync("dispatcher", lines: "UrbanManagement");
        (await urban.GetAsync($"/api/v1/incidents/{dispute.Id()}")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var command = await urban.CommandAsync(dispute, "dispatch", new { owner = "D-urban" });
        (await command.CodeAsync()).ShouldBe("LineIsOutsideYourOwn");
        (await urban.SendAsync("incidents", new { category = "dispute", description = "x", grid = SmallDistrict.Grid }))
            .StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var list = await urban.GetJsonAsync("incidents?limit=200");
        list.GetProperty("items").EnumerateArray()
            .ShouldAllBe(item => item.GetProperty("line").GetString() == "UrbanManagement");
    }

    [Fact(DisplayName = "[CL18] a line that was called to a case reads it, finds it and notes on it, and does nothing else with it")]
    public async Task CalledLine()
    {
        var all = await _app.SignInAsync("dispatcher");
        var dispute = await all.ReportAsync(category: "dispute");
        var rescue = await _app.SignInAsync("dispatcher", lines: "Emergency");
        (await (await rescue.CommandAsync(dispute, "note", new { text = "x" })).CodeAsync())
            .ShouldBe("LineIsOutsideYourOwn");
        (await all.CommandAsync(dispute, "lines", new { lines = Array.Empty<string>(), reason = "" })).StatusCode
            .ShouldBe(HttpStatusCode.BadRequest);
        (await all.CommandAsync(dispute, "lines", new { lines = new[] { "Gossip" }, reason = "x" })).StatusCode
            .ShouldBe(HttpStatusCode.BadRequest);
        var called = await all.CommandAsync(
            dispute, "lines", new { lines = new[] { "Emergency" }, reason = "gas was smelt" });
        called.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await called.JsonAsync()).GetProperty("alsoLines")[0].GetString().ShouldBe("Emergency");

        (await rescue.GetJsonAsync($"incidents/{dispute.Id()}")).Text("line").ShouldBe("Petitions");
        (await rescue.CommandAsync(dispute, "note", new { text = "checked, no gas" })).StatusCode.ShouldBe(
            HttpStatusCode.OK);
        (await (await rescue.CommandAsync(dispute, "dispatch", new { owner = "D-urban" })).CodeAsync())
            .ShouldBe("LineIsOutsideYourOwn");
        var item = (await rescue.GetJsonAsync("incidents?limit=200&line=Emergency")).GetProperty("items")
            .EnumerateArray()
            .Single(one => one.Text("id") == dispute.Id());
        (item.Text("line"), item.GetProperty("alsoLines")[0].GetString()).ShouldBe(("Petitions", "Emergency"));
    }

    [Fact(DisplayName = "[AC6] viewers change nothing and residents see no workers and no wall")]
    public async Task Roles()
    {
        var viewer = await _app.SignInAsync("viewer");
        (await viewer.SendAsync("incidents", new { category = "litter", description = "x", grid = SmallDistrict.Grid }))
            .StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await viewer.SendAsync("positions", Array.Empty<object>())).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var resident = await _app.SignInAsync("resident");
        (await resident.GetAsync("/api/v1/workers")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var hub = LiveView.Connect(_app.Url, await _app.TokenAsync("resident"));
        await hub.StartAsync();
        (await Should.ThrowAsync<Exception>(() => Microsoft.AspNetCore.SignalR.Client.HubConnectionExtensions
            .InvokeAsync<object>(hub, "Watch", SmallDistrict.Code, null))).Message.ShouldContain("RoleMayNot");
        await hub.DisposeAsync();
    }

    [Fact(DisplayName = "[AC6] who reported is not shown to viewers")]
    public async Task Reporter()
    {
        var dispatcher = await _app.SignInAsync("dispatcher");
        var answer = await dispatcher.SendAsync(
            "incidents",
            new { category = "litter", description = "x", grid = SmallDistrict.Grid, reporter = "13800000000" });
        var incident = await answer.JsonAsync();
        incident.Text("reporter").ShouldBe("138****0000");
        var viewer = await _app.SignInAsync("viewer");
        (await viewer.GetStringAsync($"/api/v1/incidents/{incident.Id()}")).ShouldNotContain("13800000000");
    }

    [Fact(DisplayName = "[AC5] too many requests of one token are answered 429, another token is not touched")]
    public async Task Limits()
    {
        await using var app = await MeshApp.StartAsync(
            services: MeshApp.StandStill,
            settings: ["--GridMesh:Limits:TokenPerSecond=1", "--GridMesh:Limits:TokenBurst=5"]);
        var one = await app.SignInAsync("viewer");
        var other = await app.SignInAsync("viewer", SmallDistrict.Town);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => one.GetAsync("/api/v1/categories")));
        var refused = answers.Where(answer => answer.StatusCode == HttpStatusCode.TooManyRequests).ToArray();
        refused.Length.ShouldBe(15);
        (await refused[0].CodeAsync()).ShouldBe("TooManyRequests");
        (await other.GetAsync("/api/v1/categories")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory(DisplayName = "[AC4] outside Development the configuration needs a key or an issuer, and no demo")]
    [InlineData("", "SigningKey")]
    [InlineData("--GridMesh:Auth:SigningKey=short", "at least 32 bytes")]
    [InlineData($"{Key} --GridMesh:Auth:Authority=https://x", "exclude each other")]
    [InlineData($"{Key} --GridMesh:Demo:Enabled=true", "Development")]
    [InlineData(Key, null)]
    public void Production(string settings, string? problem) =>
        ShouldSay($"--GridMesh:Auth:Audience=gridmesh {settings}", problem);

    [Theory(DisplayName = "[AC16] outside Development weak keys, issuers and endpoints over plain http and a missing audience are no start, each in a sentence")]
    [InlineData(Key, "Audience has to be set")]
    [InlineData($"{Audience} --GridMesh:Auth:SigningKey=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "repeats itself")]
    [InlineData($"{Audience} --GridMesh:Auth:SigningKey=0123456789012345678901234567890123456789", "repeats itself")]
    [InlineData($"{Audience} --GridMesh:Auth:SigningKey=aabbaacbbcaabbccabacbcbaacbbacbcabbcc", "different characters")]
    [InlineData(
        $"{Audience} --GridMesh:Auth:SigningKey=Change-Me_before-you-serve-anybody-9", "example of the documents")]
    [InlineData(
        $"{Audience} {Key} --GridMesh:Auth:CodeKey=only-on-a-laptop-and-nowhere-else-1", "CodeKey is an example")]
    [InlineData(
        $"{Audience} --GridMesh:Auth:SigningKeys:0:Id=a --GridMesh:Auth:SigningKeys:0:Key=short",
        "SigningKeys:0:Key has to have")]
    [InlineData(
        $"{Audience} --GridMesh:Auth:SigningKeys:0:Key=1f0c8a7e6b5d4c3b2a190817e6f5d4c3", "SigningKeys:0:Id has 1-32")]
    [InlineData($"{Audience} --GridMesh:Auth:Authority=http://issuer", "Authority has to be an https address")]
    [InlineData($"{Audience} {Key} --GridMesh:Open311:Keys:0:Name=a --GridMesh:Open311:Keys:0:Area=450105 --GridMesh:Open311:Keys:0:Key=development-open311", "Open311:Keys has the key of Development")]
    [InlineData($"{Audience} {Key} --urls=http://0.0.0.0:5080", "http://0.0.0.0:5080 is plain http")]
    [InlineData(
        $"{Audience} {Key} --urls=http://0.0.0.0:5080 --GridMesh:Gateway:TrustedProxies=10.0.0.0/8,192.0.2.7", null)]
    [InlineData($"{Audience} {Key} --urls=http://127.0.0.1:5080;https://0.0.0.0:5443", null)]
    [InlineData($"{Audience} {Key} --GridMesh:Gateway:TrustedProxies=0.0.0.0/0", "names everybody")]
    [InlineData($"{Audience} {Key} --GridMesh:Gateway:TrustedProxies=proxy", "names 'proxy'")]
    [InlineData($"{Audience} {Key} --FORWARDEDHEADERS_ENABLED=true", "believes whoever calls")]
    public void Weak(string settings, string? problem) => ShouldSay(settings, problem);

    [Theory(DisplayName = "[AC22, AC23] signing in at an issuer needs it, a sealed store and roles that exist, each in a sentence")]
    [InlineData($"{Audience} {Key} --GridMesh:OpenId:ClientId=a", "ClientId needs GridMesh:Auth:Authority")]
    [InlineData($"{Audience} {Key} --GridMesh:OpenId:ClientSecret=a", "ClientId is not set")]
    [InlineData(
        $"{Client} --GridMesh:Storage=Postgres --ConnectionStrings:GridMesh=Host=db", "needs GridMesh:SecretKey")]
    [InlineData($"{Client} --GridMesh:OpenId:Scopes=profile", "Scopes has to have 'openid'")]
    [InlineData($"{Client} --GridMesh:OpenId:AreaClaim=", "AreaClaim names no claim")]
    [InlineData($"{Client} {Mapped}:0:Role=king {Mapped}:0:Value=a", "OpenId:Roles:0:Role is one of Viewer")]
    [InlineData($"{Client} {Mapped}:0:Role=viewer", "OpenId:Roles:0:Value is not set")]
    [InlineData(
        $"{Client} {Mapped}:0:Role=viewer {Mapped}:0:Value=a {Mapped}:1:Role=admin {Mapped}:1:Value=a",
        "the Value 'a' more than once")]
    [InlineData($"{Client} {Mapped}:0:Role=viewer {Mapped}:0:Value=a {Mapped}:0:Area=1x", "OpenId:Roles:0:Area: ")]
    [InlineData($"{Client} {Mapped}:0:Role=viewer {Mapped}:0:Value=a {Mapped}:0:Area=450105", null)]
    public void OpenId(string settings, string? problem) => ShouldSay(settings, problem);

    [Fact(DisplayName = "[AC16] the key that Development made in the data folder is none outside it")]
    public void DevelopmentKey()
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("gridmesh-").FullName;
        var key = Gateway.Plumbing.Access.TokenSigner.DevelopmentKey(folder);
        ShouldSay(
            $"{Audience} --GridMesh:Data={folder} --GridMesh:Auth:SigningKey={key}", "has the key of Development");
        System.IO.Directory.Delete(folder, recursive: true);
    }

    private const string Key = "--GridMesh:Auth:SigningKey=Jw3nq0ZcT8yLr5XvB1mKd7PfHs2GaUeQ";
    private const string Client =
        $"{Audience} --GridMesh:Auth:Authority=https://issuer --GridMesh:OpenId:ClientId=gridmesh";
    private const string Mapped = "--GridMesh:OpenId:Roles";
    private const string Audience = "--GridMesh:Auth:Audience=gridmesh";

    private static void ShouldSay(string settings, string? problem)
    {
        var builder = MeshBuilder.Create(
            ["--environment=Production", .. settings.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        var (_, problems) = Silo.MeshOptions.Read(builder.Configuration, isDevelopment: false);
        if (problem is null)
            problems.ShouldBeEmpty();
        else
            problems.ShouldContain(text => text.Contains(problem), string.Join("; ", problems));
    }
}
