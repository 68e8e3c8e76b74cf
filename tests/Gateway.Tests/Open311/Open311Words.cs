using System.Text.Json;
using System.Xml.Linq;
using GridMesh.Product.Fixture;

namespace GridMesh.Gateway.Tests.Open311;

/// <summary>Short words for what a city's app does.</summary>
internal static class Open311Words
{
    public const string Key = "development-open311";

    public static Task<HttpResponseMessage> PostAsync(
        this HttpClient http, string format, Dictionary<string, string> fields, string? key = null)
    {
        var request = new HttpRequestMessage(
            HttpMethod.Post, $"/open311/v2/requests{format}") { Content = new FormUrlEncodedContent(fields) };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);

        return http.SendAsync(request);
    }

    /// <summary>A report that is right, with some fields changed; null takes one away.</summary>
    public static Dictionary<string, string> Report(params (string Name, string? Value)[] changes)
    {
        var point = SmallDistrict.PointIn(SmallDistrict.Grid);
        var fields = new Dictionary<string, string>
        {
            ["api_key"] = Key,
            ["service_code"] = "litter",
            ["lat"] = point.Lat.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["long"] = point.Lng.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["description"] = "垃圾堆放",
        };
        foreach (var (name, value) in changes)
        {
            fields.Remove(name);
            if (value is not null)
                fields[name] = value;
        }

        return fields;
    }

    public static async Task<string> ReportedAsync(this HttpClient http, params (string Name, string? Value)[] changes)
    {
        var answer = await http.PostAsync(".json", Report(changes));
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
        return (await answer.JsonAsync())[0].Text("service_request_id");
    }

    public static async Task<JsonElement> ReadAsync(this HttpClient http, string path) =>
        await (await http.GetAsync($"/open311/v2/{path}")).JsonAsync();

    public static async Task<XElement> ReadXmlAsync(this HttpClient http, string path)
    {
        var answer = await http.GetAsync($"/open311/v2/{path}");
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/xml; charset=utf-8");
        return XDocument.Parse(await answer.Content.ReadAsStringAsync()).Root!;
    }
}
