using System.Globalization;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using GridMesh.Load.Clients;

namespace GridMesh.Load.Open311;

/// <param name="Number">Of the request that was made, or null.</param>
internal readonly record struct RequestAnswer(int Status, string? Number, int Bytes)
{
    public bool IsMade => Status == 201 && Number is not null;
}

/// <summary>The Open311 door as an app of a city uses it, in JSON and in XML.</summary>
internal sealed class RequestClient(Uri url, string key) : IDisposable
{
    private const string Root = "/open311/v2/";

    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 1_000, UseProxy = false })
    {
        BaseAddress = url, Timeout = MeshClient.Patience,
    };

    /// <param name="once">The <c>Idempotency-Key</c>: the same again is the same case.</param>
    public async Task<RequestAnswer> PostAsync(string category, Place at, bool asXml, string once, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Root}requests.{(asXml ? "xml" : "json")}")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["api_key"] = key, ["service_code"] = category, ["description"] = "负载测试：路口垃圾堆放",
                ["lat"] = at.Lat.ToString(CultureInfo.InvariantCulture), ["long"] = at.Lng.ToString(CultureInfo.InvariantCulture),
            }),
            Headers = { { "Idempotency-Key", once } },
        };
        using var response = await _http.SendAsync(request, cancellation);
        var text = await response.Content.ReadAsStringAsync(cancellation);
        return new RequestAnswer(
            (int)response.StatusCode, response.IsSuccessStatusCode ? NumberIn(text, asXml) : null, text.Length);
    }

    /// <summary>The status and the length of what is read there.</summary>
    public async Task<(int Status, string Text)> GetAsync(string path, CancellationToken cancellation)
    {
        using var response = await _http.GetAsync($"{Root}{path}{(path.Contains('?') ? '&' : '?')}api_key={key}", cancellation);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellation));
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Null where the answer names no number.</summary>
    public static string? NumberIn(string text, bool asXml)
    {
        try
        {
            if (asXml)
            {
                return XDocument.Parse(text).Descendants("service_request_id").SingleOrDefault()?.Value;
            }

            using var json = JsonDocument.Parse(text);
            return json.RootElement[0].GetProperty("service_request_id").GetString();
        }
        catch (Exception e) when (e is XmlException or JsonException or InvalidOperationException or KeyNotFoundException or IndexOutOfRangeException)
        {
            return null;
        }
    }
}
