using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using GridMesh.Product.Fixture;
using GridMesh.Silo.Fixture;

namespace GridMesh.Silo.Tests;

/// <summary>Accounts and tokens are the operator's, beside the process that serves.</summary>
public sealed partial class AccessVerbTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"gridmesh-{Guid.NewGuid():N}");

    [Fact(DisplayName = "[AC21, AC18, AC17] accounts and tokens are made, listed and taken back by verbs beside the running process, in force within seconds")]
    public async Task Verbs()
    {
        await (await MeshApp.StartAsync(_folder)).StopAsync();
        await using var silo = await SiloProcess.ServeAsync(_folder);
        using var client = new HttpClient { BaseAddress = silo.Url };

        var added = await RunAsync(
            "accounts", "add", "li.na", "--role", "dispatcher", "--area", SmallDistrict.Code, "--title", "李娜");
        var first = First().Match(added).Groups["word"].Value;
        const string Password = "correct horse battery";
        (await client.PostAsJsonAsync(
            "/auth/password", new { name = "li.na", password = first, newPassword = Password }))
            .StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var answer = await client.PostAsJsonAsync("/auth/sign-in", new { name = "li.na", password = Password });
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
        (await AskAsync(client, token)).ShouldBe(HttpStatusCode.OK);
        (await RunAsync("accounts", "list")).ShouldContain("li.na  李娜  Dispatcher 450105");
        (await RunAsync("accounts", "sessions", "li.na")).ShouldContain("127.0.0.1");
        await RunAsync("accounts", "disable", "li.na");
        await Eventually.TrueAsync(
            async () => await AskAsync(client, token) == HttpStatusCode.Unauthorized, "the account is shut out");
        (await RunAsync("accounts", "list")).ShouldContain("disabled");
        (await RunAsync("accounts", "reset", "li.na", "--code")).ShouldContain("otpauth://totp/GridMesh:li.na?secret=");

        var issued = await RunAsync(
            "tokens", "issue", "--name", "gate", "--role", "viewer", "--area", SmallDistrict.Grid, "--lines",
            "UrbanManagement,Petitions", "--days", "90");
        var device = Jwt().Match(issued).Value;
        var jti = Jti().Match(issued).Groups["id"].Value;
        await Eventually.TrueAsync(
            async () => await AskAsync(client, device) == HttpStatusCode.OK, "the device comes in");
        var list = await RunAsync("tokens", "list");
        list.ShouldContain($"{jti}  gate  Viewer {SmallDistrict.Grid} UrbanManagement,Petitions");
        list.ShouldNotContain("eyJ");
        (await RunAsync("tokens", "revoke", jti)).ShouldContain("(gate) is revoked");
        await Eventually.TrueAsync(
            async () => await AskAsync(client, device) == HttpStatusCode.Unauthorized, "the device is out");

        var (exit, output) = await SiloProcess.RunAsync(
            "tokens", "issue", "--name", "x", "--role", "viewer", "--area", "450105", "--days", "1", "--data", _folder);
        (exit, output.Contains("SigningKey is not set")).ShouldBe((1, true), output);
    }

    [Theory(DisplayName = "[AC21] what a verb cannot do it says in a sentence, with exit 1 and no folder made")]
    [InlineData("--area: ", "accounts", "add", "x", "--role", "viewer", "--area", "1x")]
    [InlineData("--role is one of", "accounts", "add", "x", "--role", "king", "--area", "450105")]
    [InlineData("small letters", "accounts", "add", "X Y", "--role", "viewer", "--area", "450105")]
    [InlineData("--worker is needed", "accounts", "add", "x", "--role", "worker", "--area", "450105")]
    [InlineData(
        "--days is 1-3660", "tokens", "issue", "--name", "x", "--role", "viewer", "--area", "450105", "--days", "0")]
    [InlineData("There is no database in", "accounts", "list")]
    public async Task Refusals(string sentence, params string[] arguments)
    {
        var (exit, output) = await SiloProcess.RunAsync([.. arguments, "--data", _folder]);
        exit.ShouldBe(1, output);
        output.ShouldContain(sentence);
        output.ShouldNotContain("   at ");
        Directory.Exists(_folder).ShouldBeFalse();
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    private static async Task<HttpStatusCode> AskAsync(HttpClient client, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/categories");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return (await client.SendAsync(request)).StatusCode;
    }

    private async Task<string> RunAsync(params string[] arguments)
    {
        var (exit, output) = await SiloProcess.RunAsync(
            [.. arguments, "--environment", "Development", "--data", _folder]);
        exit.ShouldBe(0, output);
        return output;
    }

    [GeneratedRegex(@"first password 初始密码 (?<word>\w+)")]
    private static partial Regex First();

    [GeneratedRegex(@"eyJ[\w-]+\.[\w-]+\.[\w-]+")]
    private static partial Regex Jwt();

    [GeneratedRegex(@"jti (?<id>[0-9a-f]{32})")]
    private static partial Regex Jti();
}
