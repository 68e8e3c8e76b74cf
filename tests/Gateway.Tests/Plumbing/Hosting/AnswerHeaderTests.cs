using System.IO.Compression;
using System.Net;
using GridMesh.Gateway.Plumbing.Hosting;
using GridMesh.Product.Fixture;
using Microsoft.AspNetCore.Http;

namespace GridMesh.Gateway.Tests.Plumbing.Hosting;

public sealed class AnswerHeaderTests(Product product)
{
    private readonly MeshApp _app = product.App;

    [Theory(DisplayName = "[AN1] every answer says that it is what it says it is, in nobody's frame, kept nowhere, and loads nothing; no server names itself")]
    [InlineData("/api/v1/areas/450105")]
    [InlineData("/api/v1/incidents")]
    [InlineData("/api/v1/nothing")]
    [InlineData("/open311/v2/services.json")]
    [InlineData("/healthz")]
    [InlineData("/metrics")]
    public async Task Told(string path)
    {
        foreach (var client in (HttpClient[])[_app.Http, await _app.SignInAsync("supervisor")])
        {
            using var answer = await client.GetAsync(path);
            One(answer, "X-Content-Type-Options").ShouldBe("nosniff");
            One(answer, "X-Frame-Options").ShouldBe("DENY");
            One(answer, "Referrer-Policy").ShouldBe("strict-origin");
            One(answer, "Content-Security-Policy").ShouldBe("default-src 'none'; frame-ancestors 'none'");
            One(answer, "Cache-Control")!.ShouldContain("no-store");
            answer.Headers.Contains("Server").ShouldBeFalse();
            answer.Headers.Contains("Strict-Transport-Security").ShouldBeFalse("there is no TLS");
        }
    }

    [Fact(DisplayName = "[AN2] the wall is its own origin's alone, and its files come compressed as they were built")]
    public async Task Wall()
    {
        Assert.SkipUnless(
            System.IO.Directory.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot")), "built without the wall");
        using var page = await AskAsync("/", null);
        var text = await page.Content.ReadAsStringAsync();
        One(page, "Content-Security-Policy").ShouldStartWith("default-src 'self'; script-src 'self';");
        One(page, "X-Frame-Options").ShouldBe("DENY");
        One(page, "Cache-Control").ShouldBe("no-cache");
        (await TextAsync("/", "br")).ShouldBe(text);
        (await TextAsync("/", "gzip")).ShouldBe(text);
        foreach (var path in text.Split('"').Where(part => part.StartsWith("/wall/assets/", StringComparison.Ordinal)))
        {
            using var plain = await AskAsync(path, null);
            using var small = await AskAsync(path, "gzip, br");
            small.Content.Headers.ContentEncoding.ShouldBe(["br"]);
            small.Content.Headers.ContentType.ShouldBe(plain.Content.Headers.ContentType);
            small.Headers.Vary.ShouldContain("Accept-Encoding");
            small.Content.Headers.ContentLength.ShouldNotBeNull()
                .ShouldBeLessThan(plain.Content.Headers.ContentLength!.Value / 2);
            One(small, "Cache-Control")!.ShouldContain("immutable");
        }

        (await AskAsync("/", "br;q=0")).Content.Headers.ContentEncoding.ShouldBeEmpty();
    }

    [Theory(DisplayName = "[AN2] answers come compressed to whoever takes that")]
    [InlineData("/openapi/v1.json", "br")]
    [InlineData("/openapi/v1.json", "gzip")]
    [InlineData("/open311/v2/services.xml", "br")]
    [InlineData("/open311/v2/services.json", "gzip")]
    public async Task Compressed(string path, string coding) =>
        (await TextAsync(path, coding)).ShouldNotBeEmpty();

    [Fact(DisplayName = "[AN3] pages of other origins call the API only where they are listed, before they have a token too")]
    public async Task Origins()
    {
        (await PreflightAsync(_app, "https://desk.example.org")).ShouldBeNull();
        await using var app = await MeshApp.StartAsync(
            settings: ["--GridMesh:Gateway:CorsOrigins:0=https://desk.example.org"]);
        (await PreflightAsync(app, "https://desk.example.org")).ShouldBe("https://desk.example.org");
        (await PreflightAsync(app, "https://desk.example.org.evil.example")).ShouldBeNull();
        new EndpointOptions { CorsOrigins = [
            "https://a.example", "*", "https://a.example/", "a.example", "ftp://a.example"] }
            .Problems().Count().ShouldBe(4);
    }

    [Fact(DisplayName = "[AN4] without a token the descriptions of the API are there in Development or where their page is")]
    public async Task Documents()
    {
        (await _app.Http.GetAsync("/openapi/v1.json")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await using var app = await MeshApp.StartAsync(settings: ["--GridMesh:Gateway:ApiPage=false"]);
        foreach (var path in (string[])["/openapi/v1.json", "/openapi/open311.json"])
        {
            (await app.Http.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            (await (await app.SignInAsync("viewer")).GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        (await app.Http.GetAsync("/docs/api")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact(DisplayName = "[AN5] metrics are for this machine and private networks, through no proxy; a setting says otherwise")]
    public async Task Metrics()
    {
        (await _app.Http.GetAsync("/metrics")).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var relayed = new HttpRequestMessage(
            HttpMethod.Get, "/metrics") { Headers = { { "X-Forwarded-For", "8.8.8.8" } } };
        (await _app.Http.SendAsync(relayed)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        foreach (var (address, isNear) in ((string, bool)[])
            [("127.0.0.1", true), ("::1", true), ("10.42.1.7", true), ("::ffff:192.168.1.2", true), ("8.8.8.8", false),
                ("2400:3200::1", false)])
        {
            var context = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(address) } };
            MetricsAccess.IsOpen(MetricsReaders.Private, context).ShouldBe(isNear, address);
            MetricsAccess.IsOpen(MetricsReaders.Everybody, context).ShouldBeTrue();
            MetricsAccess.IsOpen(MetricsReaders.Nobody, context).ShouldBeFalse();
        }
    }

    private static string? One(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? values.Single() : null;

    private static async Task<string?> PreflightAsync(MeshApp app, string origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "/api/v1/incidents")
        {
            Headers = { { "Origin", origin }, { "Access-Control-Request-Method", "POST" } },
        };
        using var answer = await app.Http.SendAsync(request);
        return One(answer, "Access-Control-Allow-Origin");
    }

    private async Task<HttpResponseMessage> AskAsync(string path, string? coding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (coding is not null)
            request.Headers.Add("Accept-Encoding", coding);

        return await _app.Http.SendAsync(request);
    }

    private async Task<string> TextAsync(string path, string coding)
    {
        using var answer = await AskAsync(path, coding);
        answer.Content.Headers.ContentEncoding.ShouldBe([coding]);
        await using var bytes = await answer.Content.ReadAsStreamAsync();
        await using Stream text = coding == "br"
            ? new BrotliStream(bytes, CompressionMode.Decompress)
            : new GZipStream(bytes, CompressionMode.Decompress);
        return await new StreamReader(text).ReadToEndAsync();
    }
}
