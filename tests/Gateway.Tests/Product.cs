using System.Net.Http.Json;
using System.Text.Json;
using GridMesh.Gateway.Tests.ApiDocument;
using GridMesh.Gateway.Tests.Areas;
using GridMesh.Product.Fixture;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

[assembly: AssemblyFixture(typeof(GridMesh.Gateway.Tests.Product))]

namespace GridMesh.Gateway.Tests;

/// <summary>One running product for all the tests of this assembly that do not need their own.</summary>
public sealed class Product : IAsyncLifetime
{
    public MeshApp App { get; private set; } = null!;

    /// <summary>What it was asked and answered meanwhile.</summary>
    public AnswerRecorder Recorder { get; } = new();

    public LogRecorder Log { get; } = new();

    public async ValueTask InitializeAsync() => App = await MeshApp.StartAsync(
        services: services => services.AddSingleton<IStartupFilter>(Recorder).AddSingleton<ILoggerProvider>(Log));

    /// <summary>All that was answered by now is compared with the description of the API (AD4).</summary>
    public async ValueTask DisposeAsync()
    {
        var document = await App.Http.GetStringAsync("/openapi/v1.json");
        await App.DisposeAsync();
        Recorder.Faults(new ApiSchemas(document))
            .ShouldBeEmpty("[AD4] what was answered fits the description of the API");
    }
}

/// <summary>Short words for what clients do.</summary>
internal static class ClientWords
{
    public static async Task<JsonElement> ReportAsync(
        this HttpClient client, string grid = SmallDistrict.Grid, string category = "litter", string? key = null,
        string description = "垃圾堆放")
    {
        var answer = await client.SendAsync(
            "incidents", new { category, description, position = SmallDistrict.PointIn(grid) }, key);
        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return await answer.JsonAsync();
    }

    public static Task<HttpResponseMessage> CommandAsync(
        this HttpClient client, JsonElement incident, string command, object? body = null, string? key = null) =>
        client.SendAsync($"incidents/{incident.Id()}/{command}", body ?? new { }, key);

    public static async Task<JsonElement> DoAsync(
        this HttpClient client, JsonElement incident, string command, object? body = null, string? key = null)
    {
        var answer = await client.CommandAsync(incident, command, body, key);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
        return await answer.JsonAsync();
    }

    public static async Task<HttpResponseMessage> SendAsync(
        this HttpClient client, string path, object body, string? key = null)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post, $"/api/v1/{path}") { Content = JsonContent.Create(body) };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);

        return await client.SendAsync(request);
    }

    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage answer) =>
        await answer.Content.ReadFromJsonAsync<JsonElement>();

    public static async Task<JsonElement> GetJsonAsync(this HttpClient client, string path) =>
        await client.GetFromJsonAsync<JsonElement>($"/api/v1/{path}");

    /// <summary>The stable code of a problem response.</summary>
    public static async Task<string> CodeAsync(this HttpResponseMessage answer)
    {
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        return (await answer.JsonAsync()).GetProperty("code").GetString()!;
    }

    public static string Id(this JsonElement item) => item.GetProperty("id").GetString()!;

    public static string Text(this JsonElement item, string name) => item.GetProperty(name).GetString()!;
}
