using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using GridMesh.Product.Fixture;

namespace GridMesh.Gateway.Tests.Residents;

/// <summary>Somebody with a browser that runs no script: follows links, fills in forms, keeps cookies.</summary>
internal sealed partial class Resident : IDisposable
{
    private readonly HttpClient _http;

    private Resident(HttpClient http) => _http = http;

    /// <summary>What is read now.</summary>
    public string Page { get; private set; } = "";

    public HttpStatusCode Status { get; private set; }

    /// <summary>Where it is, after what it was sent on to.</summary>
    public string Here { get; private set; } = "";

    /// <summary>The number that was given for what was sent.</summary>
    public string Number => Given().Match(Page).Groups["text"].Value;

    public string Receipt => ReceiptCode().Match(Page).Groups["text"].Value;

    /// <summary>How far the case or service of the page is.</summary>
    public string Step => StepOf().Match(Page).Groups["text"].Value;

    /// <summary>Fields beside which something is said to be wrong.</summary>
    public IEnumerable<string> Faults => Fault().Matches(Page).Select(match => match.Groups["name"].Value).Order();

    /// <param name="address">Where a proxy says that it calls from; null: from here.</param>
    public static Resident Of(MeshApp app, string language = "zh-CN", string? address = null)
    {
        var http = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() })
        {
            BaseAddress = app.Url,
            DefaultRequestHeaders = { { "Accept-Language", language } },
        };
        if (address is not null)
            http.DefaultRequestHeaders.Add("X-Forwarded-For", address);

        return new Resident(http);
    }

    public async Task<Resident> OpenAsync(string path)
    {
        await ReadAsync(await _http.GetAsync(path));
        return this;
    }

    /// <summary>Sends the form of the page as a browser would: what it holds, and what is filled in.</summary>
    public Task SendAsync(params (string Name, string Value)[] filled) => SendAsync(null, filled);

    public async Task SendAsync(byte[]? photo, params (string Name, string Value)[] filled)
    {
        var fields = Hidden().Matches(Page).ToDictionary(
            match => match.Groups["name"].Value, match => match.Groups["value"].Value);
        foreach (var (name, value) in filled)
            fields[name] = value;

        HttpContent body = new FormUrlEncodedContent(fields);
        if (photo is not null)
        {
            var parts = new MultipartFormDataContent();
            foreach (var (name, value) in fields)
                parts.Add(new StringContent(value), name);

            var type = new MediaTypeHeaderValue("image/jpeg");
            var file = new ByteArrayContent(photo) { Headers = { ContentType = type } };
            parts.Add(file, "photo", "photo.jpg");
            body = parts;
        }

        await PostAsync(Action().Match(Page).Groups["path"].Value, body, "same-origin");
    }

    public async Task PostAsync(string path, HttpContent body, string site)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = body, Headers = { { "Sec-Fetch-Site", site } },
        };
        await ReadAsync(await _http.SendAsync(request));
    }

    public void Dispose() => _http.Dispose();

    private async Task ReadAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            (Status, Page) = (answer.StatusCode, await answer.Content.ReadAsStringAsync());
            Here = answer.RequestMessage!.RequestUri!.PathAndQuery;
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
            answer.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'none'");
        }
    }

    [GeneratedRegex("""data-testid="number">(?<text>[^<]+)<""")]
    private static partial Regex Given();

    [GeneratedRegex("""data-testid="receipt">(?<text>[^<]+)<""")]
    private static partial Regex ReceiptCode();

    [GeneratedRegex("""data-step="(?<text>\w+)""")]
    private static partial Regex StepOf();

    [GeneratedRegex("""id="fault-(?<name>\w+)""")]
    private static partial Regex Fault();

    [GeneratedRegex("""<form[^>]*method="post" action="(?<path>[^"]+)""")]
    private static partial Regex Action();

    [GeneratedRegex("""<input type="hidden" name="(?<name>\w+)"(?: value="(?<value>[^"]*)")?""")]
    private static partial Regex Hidden();
}
