using System.Net;
using System.Text.Json;

namespace GridMesh.Gateway.Tests.Plumbing.Input;

internal static class InputWords
{
    /// <summary>The fields that a refusal of bad input names.</summary>
    public static async Task<string[]> ErrorsAsync(this HttpResponseMessage answer)
    {
        var told = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, told);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = JsonSerializer.Deserialize<JsonElement>(told);
        problem.Text("code").ShouldBe("ValidationFailed", told);
        foreach (var word in (string[])["System.", "GridMesh.", "Nullable", "JSON value", "Path:", "parameter \"",
            "Exception"])
            told.ShouldNotContain(word, Case.Sensitive);

        return [.. problem.GetProperty("errors").EnumerateObject().Select(error => error.Name)];
    }
}
