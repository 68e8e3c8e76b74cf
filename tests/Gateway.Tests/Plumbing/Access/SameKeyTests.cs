using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GridMesh.Product.Fixture;

namespace GridMesh.Gateway.Tests.Plumbing.Access;

public sealed class SameKeyTests
{
    private const string Grid = SmallDistrict.Grid;

    [Fact(DisplayName = "[ON3] a key that a report was made with is refused for a shift, and nobody more is on duty")]
    public async Task ReportThenShift()
    {
        await using var app = await MeshApp.StartAsync();
        using var worker = await app.SignInAsync("worker", Grid, SmallDistrict.WorkerOf(Grid));
        (await PostAsync(worker, "incidents", Report("lamp"), "k")).Status.ShouldBe(HttpStatusCode.Created);
        var shift = await PostAsync(
            worker, $"workers/{SmallDistrict.WorkerOf(Grid)}/shift", new { onDuty = true }, "k");
        (shift.Status, Code(shift.Body)).ShouldBe((HttpStatusCode.Conflict, "CommandIdAlreadyUsed"));
        using var viewer = await app.SignInAsync("viewer");
        (await viewer.GetFromJsonAsync<JsonElement>($"/api/v1/areas/{Grid}")).GetProperty("summary")
            .GetProperty("workers")
            .GetProperty("onDuty").GetInt32().ShouldBe(0);
        (await PostAsync(worker, $"workers/{SmallDistrict.WorkerOf(Grid)}/shift", new { onDuty = true }, "k2")).Status
            .ShouldBe(HttpStatusCode.OK);
    }

    [Fact(DisplayName = "[ON3] a key of a case is refused for another command, and for the same one with another body, also after a restart")]
    public async Task SameCase()
    {
        var app = await MeshApp.StartAsync();
        using (var desk = await app.SignInAsync("dispatcher"))
        {
            var made = await PostAsync(desk, "incidents", Report("lamp"), "r");
            var path = $"incidents/{made.Body.GetProperty("id").GetString()}";
            (await PostAsync(desk, $"{path}/note", new { text = "seen" }, "n")).Status.ShouldBe(HttpStatusCode.OK);
            await RefusedAsync(desk, path);

            var folder = await app.StopAsync();
            app = await MeshApp.StartAsync(folder);
            using var again = await app.SignInAsync("dispatcher");
            await RefusedAsync(again, path);
            (await PostAsync(again, $"{path}/note", new { text = "seen" }, "n")).Status.ShouldBe(HttpStatusCode.OK);
            var same = await PostAsync(again, "incidents", Report("lamp"), "r");
            (same.Status, same.Body.GetProperty("id").GetString())
                .ShouldBe((HttpStatusCode.Created, path.Split('/')[1]));
        }

        await app.StopAsync();
        System.IO.Directory.Delete(app.Folder, recursive: true);

        static async Task RefusedAsync(HttpClient desk, string path)
        {
            foreach (var (to, body) in new (string, object)[]
            {
                ($"{path}/dispatch", new { owner = "D-urban" }), ($"{path}/note", new { text = "another" }),
            })
            {
                var answer = await PostAsync(desk, to, body, "n");
                (answer.Status, Code(answer.Body)).ShouldBe((HttpStatusCode.Conflict, "CommandIdAlreadyUsed"), to);
            }

            var report = await PostAsync(desk, "incidents", Report("another lamp"), "r");
            (report.Status, Code(report.Body)).ShouldBe((HttpStatusCode.Conflict, "CommandIdAlreadyUsed"));
            var elsewhere = await PostAsync(desk, "incidents", Report("lamp", SmallDistrict.FarGrid), "r");
            (elsewhere.Status, Code(elsewhere.Body)).ShouldBe((HttpStatusCode.Conflict, "CommandIdAlreadyUsed"));
        }
    }

    private static object Report(string text, string grid = Grid) =>
        new { category = "litter", description = text, position = SmallDistrict.PointIn(grid) };

    private static string? Code(JsonElement problem) =>
        problem.TryGetProperty("code", out var code) ? code.GetString() : null;

    private static async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(
        HttpClient client, string path, object body, string key)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post, $"/api/v1/{path}") { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", key);
        using var answer = await client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }
}
