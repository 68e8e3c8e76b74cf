using System.Xml;
using System.Xml.Linq;

namespace GridMesh.Load.Open311;

/// <summary>The Open311 door as an app of a city uses it, in JSON and in XML.</summary>
internal sealed class RequestClient(MeshClient client, string key)
{
    private const string Root = "open311/v2/";

    /// <param name="once">The <c>Idempotency-Key</c>: the same again is the same case.</param>
    /// <returns>The number is null where no request was made.</returns>
    public async Task<(Answer Answer, string? Number)> PostAsync(
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
        var answer = await client.SendAsync(request, null, CancellationToken.None);
        return (answer, answer.IsSuccess ? NumberIn(answer.Text, asXml) : null);
    }

    public async Task<Answer> GetAsync(string path, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get, $"{Root}{path}{(path.Contains('?') ? '&' : '?')}api_key={key}");
        return await client.SendAsync(request, null, cancellation);
    }

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
