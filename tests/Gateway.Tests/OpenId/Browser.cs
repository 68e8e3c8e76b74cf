using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using GridMesh.Product.Fixture;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;

namespace GridMesh.Gateway.Tests.OpenId;

/// <summary>
/// Goes where it is sent, fills in the provider's forms, keeps cookies: what a person's browser does.
/// </summary>
internal sealed partial class Browser : IDisposable
{
    private const int StepsMax = 30;

    private readonly Uri _home;
    private readonly HttpClient _http;

    public Browser(MeshApp app)
        : this(app.Url)
    {
    }

    /// <param name="home">Of the product.</param>
    public Browser(Uri home)
    {
        _home = home;
        _http = new HttpClient(
            new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = Cookies }) { BaseAddress = home };
    }

    public CookieContainer Cookies { get; } = new();

    /// <summary>Every address that it was at, with what it was given there.</summary>
    public List<(Uri Url, string Cookies)> Steps { get; } = [];

    /// <summary>Signs in at the provider; where it ends.</summary>
    public Task<Uri> SignInAsync(string login, string query = "") => GoAsync($"/auth/openid/sign-in{query}", login);

    /// <summary>Goes to an address and on from there; where it ends.</summary>
    /// <param name="until">A path of the product to which it is sent, and does not go.</param>
    public async Task<Uri> GoAsync(string url, string login = "", string? until = null)
    {
        var answer = await SendAsync(HttpMethod.Get, new Uri(_home, url));
        for (var i = 0; i < StepsMax; i++)
        {
            var here = answer.RequestMessage!.RequestUri!;
            if (answer.Headers.Location is { } next)
            {
                next = new Uri(here, next);
                if (until is not null && next.AbsolutePath == until)
                    return next;

                answer = await SendAsync(HttpMethod.Get, next);
                continue;
            }

            var page = await answer.Content.ReadAsStringAsync();
            if (here.Authority == _home.Authority || !Form().IsMatch(page))
                return here;

            var fields = Hidden().Matches(page)
                .ToDictionary(field => field.Groups[1].Value, field => field.Groups[2].Value);
            (fields["login"], fields["password"], fields["logout"]) = (login, "any", "yes");
            answer = await SendAsync(
                HttpMethod.Post, new Uri(here, WebUtility.HtmlDecode(Form().Match(page).Groups[1].Value)),
                new FormUrlEncodedContent(fields));
        }

        throw new InvalidOperationException($"it goes round in a circle at {answer.RequestMessage!.RequestUri}");
    }

    /// <summary>A call of a page.</summary>
    /// <param name="site">What the browser says of where the page is from (<c>Sec-Fetch-Site</c>).</param>
    public async Task<HttpResponseMessage> CallAsync(
        HttpMethod method, string path, string? site = "same-origin", string? origin = null, string? token = null,
        HttpContent? content = null,
        bool overTls = false)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (overTls)
            request.Headers.Add("X-Forwarded-Proto", "https");

        if (site is not null)
            request.Headers.Add("Sec-Fetch-Site", site);

        if (origin is not null)
            request.Headers.Add("Origin", origin);

        if (token is not null)
            request.Headers.Add("Authorization", token);

        return await _http.SendAsync(request);
    }

    public async Task<HttpStatusCode> AskAsync(string path = "/api/v1/categories") =>
        (await CallAsync(HttpMethod.Get, path)).StatusCode;

    public async Task<JsonElement> MeAsync() =>
        await (await CallAsync(HttpMethod.Get, "/auth/me")).Content.ReadFromJsonAsync<JsonElement>();

    /// <summary>Signs out as the wall does; where to sign out at the issuer.</summary>
    public async Task<string> SignOutAsync()
    {
        var answer = await CallAsync(HttpMethod.Post, "/auth/openid/sign-out");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("url").GetString()!;
    }

    public HubConnection Hub(string site = "same-origin") => new HubConnectionBuilder()
        .WithUrl(new Uri(_home, "/hubs/mesh"), options =>
        {
            options.SkipNegotiation = true;
            options.Transports = HttpTransportType.WebSockets;
            options.Cookies = Cookies;
            options.Headers["Sec-Fetch-Site"] = site;
        }).Build();

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, Uri url, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, url) { Content = content };
        var answer = await _http.SendAsync(request);
        Steps.Add((url, answer.Headers.TryGetValues("Set-Cookie", out var set) ? string.Join('\n', set) : ""));
        return answer;
    }

    [GeneratedRegex("<form[^>]* action=\"([^\"]+)\"")]
    private static partial Regex Form();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();
}
