using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace GridMesh.Gateway.Tests.Rules;

/// <summary>Short words for what an admin does with the rules.</summary>
internal static class RuleWords
{
    public static async Task<HttpResponseMessage> PutAsync(
        this HttpClient client, string path, string body, string type = "text/csv", string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/v1/{path}")
        {
            Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(type)),
        };

        // A body that is refused unread is not sent.
        request.Headers.ExpectContinue = true;
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);

        return await client.SendAsync(request);
    }

    public static async Task<JsonElement> ChangeAsync(
        this HttpClient client, string path, string body, string type = "text/csv")
    {
        var answer = await client.PutAsync(path, body, type);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
        return await answer.JsonAsync();
    }

    public static Task<string> GetTextAsync(this HttpClient client, string path) =>
        client.GetStringAsync($"/api/v1/{path}");

    public static string[] Names(this JsonElement change, string what) =>
        [.. change.GetProperty(what).EnumerateArray().Select(name => name.GetString()!)];
}
