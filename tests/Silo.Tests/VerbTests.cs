using GridMesh.Gateway.Plumbing.Health;
using GridMesh.Product.Fixture;
using GridMesh.Product.Fixture.Places;
using GridMesh.Silo.Fixture;
using GridMesh.Silo.Tests.Settings;

namespace GridMesh.Silo.Tests;

public sealed class VerbTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"gridmesh-{Guid.NewGuid():N}");

    [Fact(DisplayName = "[AC4] in Production the program does not start without a key, and says so in one message")]
    public async Task ProductionNeedsAKey()
    {
        var (exit, output) = await SiloProcess.RunAsync("serve", "--data", _folder, "--urls", "http://127.0.0.1:0");
        exit.ShouldBe(2);
        output.ShouldContain("GridMesh:Auth:SigningKey or GridMesh:Auth:Authority has to be set");
        Directory.Exists(_folder).ShouldBeFalse();
    }

    [Fact(DisplayName = "[AC4] in Production with a key there are no development tokens and no demo users")]
    public async Task NoDevelopmentTokens()
    {
        await (await MeshApp.StartAsync(_folder)).StopAsync();
        await using var silo = await SiloProcess.ServeAsync(
            "Production", _folder, null, "--set", "GridMesh:Auth:SigningKey=Jw3nq0ZcT8yLr5XvB1mKd7PfHs2GaUeQ", "--set",
            "GridMesh:Auth:Audience=gridmesh");
        using var client = new HttpClient { BaseAddress = silo.Url };
        var token = await System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(
            client, "/dev/tokens", new { role = "admin", area = "450105" });
        token.StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        (await client.GetAsync("/dev/users")).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        (await client.GetAsync("/api/v1/areas/450105")).StatusCode.ShouldBe(System.Net.HttpStatusCode.Unauthorized);
        (await client.GetStringAsync("/config.json")).ShouldContain("\"development\":false");
    }

    [Fact(DisplayName = "[AC4, CF2] check-config says the value of every setting, every problem at once, and no secret")]
    public async Task CheckConfig()
    {
        const string Key = "a-very-secret-key-of-more-than-32-bytes";
        var (exit, output) = await SiloProcess.RunAsync(
            "check-config", "--data", _folder, "--set", $"GridMesh:Auth:SigningKey={Key}",
            "--set", "GridMesh:Auth:Audience=gridmesh");
        exit.ShouldBe(0, output);
        output.ShouldContain("\"GridMesh:Storage\": \"Sqlite\"");
        output.ShouldContain("\"GridMesh:Auth:SigningKey\": \"(set)\"");
        // Lists are empty here, and so is what is in them.
        foreach (var setting in ConfigurationDocument.Sections.SelectMany(section => section.Settings))
        {
            var isOfList = setting.Key.Contains("Keys") || setting.Key.Contains("OpenId:Roles");
            (isOfList || output.Contains($"\"{setting.Key}\":")).ShouldBeTrue(setting.Key);
        }

        output.ShouldNotContain(Key);
        var (wrong, said) = await SiloProcess.RunAsync(
            "check-config", "--set", "GridMesh:Gateway:Enabled=true", "--set", "GridMesh:Storage=Oracle", "--set",
            "GridMesh:Live:BeatSeconds=0",
            "--set", "GridMesh:Auth:SigningKey=x");
        wrong.ShouldBe(2);
        said.ShouldContain("GridMesh:Storage is 'Oracle'");
        said.ShouldContain("GridMesh:Live:BeatSeconds is 0");
        said.ShouldContain("at least 32 bytes");
    }

    [Fact(DisplayName = "[CF3] --version tells the version of the build")]
    public async Task Version()
    {
        var (exit, output) = await SiloProcess.RunAsync("--version");
        exit.ShouldBe(0, output);
        output.Trim().ShouldBe(ProductVersion.Text);
        output.ShouldMatch(@"^\d+\.\d+\.\d+");
    }

    [Theory(DisplayName = "[CF4] what an operator has mistyped is refused in a sentence, before anything is made")]
    [InlineData(
        2, "GridMesh:Lvie:BeatSeconds is no setting; did you mean GridMesh:Live:BeatSeconds?", "check-config", "--set",
        "GridMesh:Lvie:BeatSeconds=5")]
    [InlineData(2, "GridMesh:Live:Quickly is no setting", "serve", "--set", "GridMesh:Live:Quickly=5")]
    [InlineData(2, "urls has 'http://127.0.0.1:99999'", "serve", "--urls", "http://127.0.0.1:99999")]
    [InlineData(2, "urls has 'htp:/x'", "check-config", "--urls", "htp:/x")]
    [InlineData(
        2, "ConnectionString is none of PostgreSQL", "migrate", "--set", "GridMesh:Storage=Postgres", "--set",
        "ConnectionStrings:GridMesh=Hots=127.0.0.1")]
    [InlineData(1, "There is no database in", "verify")]
    [InlineData(1, "There is no database in", "export", "district.zip")]
    public async Task Mistyped(int code, string sentence, params string[] arguments)
    {
        var (exit, output) = await SiloProcess.RunAsync(
            [.. arguments, "--data", _folder, "--environment", "Development"]);
        exit.ShouldBe(code, output);
        output.ShouldContain(sentence);
        output.ShouldNotContain("   at ");
        Directory.Exists(_folder).ShouldBeFalse();
    }

    [Theory(DisplayName = "[CF4] where data cannot be kept is said in a sentence")]
    [InlineData("serve")]
    [InlineData("migrate")]
    public async Task NoPlace(string verb)
    {
        Directory.CreateDirectory(_folder);
        var file = Path.Combine(_folder, "a-file");
        await File.WriteAllTextAsync(file, "");
        var (exit, output) = await SiloProcess.RunAsync(
            verb, "--data", file, "--environment", "Development", "--urls", "http://127.0.0.1:0");
        exit.ShouldBe(1, output);
        output.ShouldContain(file);
        output.ShouldNotContain("   at ");
    }

    [Theory(DisplayName = "[PB2] every verb explains itself, and an unknown one is refused")]
    [InlineData(0, "--help")]
    [InlineData(0, "serve", "--help")]
    [InlineData(0, "verify", "--help")]
    [InlineData(0, "import", "--help")]
    [InlineData(0, "accounts", "add", "--help")]
    [InlineData(0, "tokens", "--help")]
    [InlineData(1, "no-such-verb")]
    [InlineData(1, "import")]
    public async Task Help(int exit, params string[] arguments)
    {
        var (code, output) = await SiloProcess.RunAsync(arguments);
        code.ShouldBe(exit, output);
        output.ShouldContain("Usage:");
    }

    [Fact(DisplayName = "[RU5, KP10] verify is clean after work, and finds a case list and indices that were tampered with")]
    public async Task Verify()
    {
        var app = await MeshApp.StartAsync(_folder);
        var dispatcher = await app.SignInAsync("dispatcher");
        for (var i = 0; i < 5; i++)
        {
            var answer = await System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(
                dispatcher, "/api/v1/incidents",
                new { category = "litter", description = "x", grid = SmallDistrict.Grid });
            answer.EnsureSuccessStatusCode();
        }

        await app.StopAsync();
        var (clean, said) = await SiloProcess.RunAsync("verify", "--data", _folder);
        clean.ShouldBe(0, said);
        said.ShouldContain("5 facts, 5 cases, 5 open");
        said.ShouldContain("0 facts not in them yet");
        (await SiloProcess.RunAsync("verify", "--json", "--data", _folder)).Output
            .ShouldContain("{\"isClean\":true,\"facts\":5,\"cases\":5,\"open\":5,\"workers\":0,\"checkpoints\":0,\"watches\":0,\"snapshots\":0,");

        (await DataPlace.TamperAsync(
            _folder, "UPDATE cases SET step = step + 1 WHERE number = (SELECT MIN(number) FROM cases)")).ShouldBe(1);
        var (list, listSaid) = await SiloProcess.RunAsync("verify", "--data", _folder);
        list.ShouldBe(1, listSaid);
        listSaid.ShouldContain("the case list says");

        await DataPlace.TamperAsync(
            _folder, "UPDATE cases SET step = step - 1 WHERE number = (SELECT MIN(number) FROM cases)");
        (await DataPlace.TamperAsync(_folder, "UPDATE kpi_days SET reported = 4 WHERE subject = '450105'")).ShouldBe(1);
        var (indices, indicesSaid) = await SiloProcess.RunAsync("verify", "--data", _folder);
        indices.ShouldBe(1, indicesSaid);
        indicesSaid.ShouldContain("1 differences");
        indicesSaid.ShouldContain("reported is 4, the journal says 5");
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }
}
