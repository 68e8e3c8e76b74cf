using System.Xml;
using System.Xml.Linq;

namespace GridMesh.Load.Open311;

/// <summary>The Open311 door as an app of a city uses it, in JSON and in XML.</summary>
internal sealed class RequestClient(Uri url, string key) : IDisposable
{
    private const string Root = "/open311/v2/";

    private readonly HttpClient _http = new(
        new SocketsHttpHandler { MaxConnectionsPerServer = 1_000, UseProxy = false })
    {
        BaseAddress = url, Timeout = MeshClient.Patience,
    };

    /// <param name="once">The <c>Idempotency-Key</c>: the same again is the same case.</param>
    /// <returns>The number is null where no request was made.</returns>
    public async Task<(int Status, string? Number, int Length)> PostAsync(
        string category, GeoPoint at, bool asXml, string once)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Root}requests.{(asXml ? "xml" : "json")}")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["api_key"] = key, ["service_code"] = category, ["description"] = "负载测试：路口垃圾堆放",
                ["lat"] = at.Lat.ToString(CultureInfo.InvariantCulture),
                ["long"] = at.Lng.ToString(CultureInfo.InvariantCulture),
            }),
            Headers = { { "Idempotency-Key", once } },
        };
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, (int)response.StatusCode == 201 ? NumberIn(text, asXml) : null, text.Length);
    }

    public async Task<(int Status, string Text)> GetAsync(string path, CancellationToken cancellation)
    {
        using var response = await _http.GetAsync(
            $"{Root}{path}{(path.Contains('?') ? '&' : '?')}api_key={key}", cancellation);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellation));
    }

    public void Dispose() => _http.Dispose();

    public static string? NumberIn(string text, bool asXml)
    {
        try
        {
            return asXml
                ? XDocument.Parse(text).Descendants("service_request_id").SingleOrDefault()?.Value
                : JsonSerializer.Deserialize<JsonElement>(text)[0].GetProperty("service_request_id").GetString();
        }
        catch (Exception e) when (e is XmlException or JsonException or InvalidOperationException
            or KeyNotFoundException or IndexOutOfRangeException)
        {
            return null;
        }
    }
}
