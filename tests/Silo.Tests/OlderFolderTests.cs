using System.IO.Compression;
using System.Net.Http.Json;
using System.Text.Json;
using GridMesh.Product.Fixture;
using GridMesh.Silo.Fixture;

namespace GridMesh.Silo.Tests;

/// <summary>A data folder that was made at f2cce31, when the product had an engine of its own.</summary>
public sealed class OlderFolderTests : IDisposable
{
    private const string Grid = "450105001001001";

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"gridmesh-{Guid.NewGuid():N}");

    [Fact(DisplayName = "[OR11] a folder of the embedded engine goes on: cases, shift, reminder, and the next number follows the last")]
    public async Task GoesOn()
    {
        ZipFile.ExtractToDirectory(Path.Combine(AppContext.BaseDirectory, "folder-of-f2cce31.zip"), _folder);
        await using (var app = await MeshApp.StartAsync(_folder))
        {
            using var admin = await app.SignInAsync("admin");
            var summary = (await admin.GetFromJsonAsync<JsonElement>("/api/v1/areas/450105")).GetProperty("summary");
            summary.GetProperty("incidents").GetProperty("open").GetInt32().ShouldBe(2);
            summary.GetProperty("workers").GetProperty("onDuty").GetInt32().ShouldBe(1);
            var closed = await admin.GetFromJsonAsync<JsonElement>($"/api/v1/incidents/{Grid}-261201-0001");
            closed.GetProperty("step").GetString().ShouldBe("Closed");
            using var worker = await app.SignInAsync("worker", Grid, "W1");
            var answer = await worker.PostAsJsonAsync(
                $"/api/v1/incidents/{Grid}-261201-0002/resolve", new { result = "done by the next version" });
            answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
            var report = await admin.PostAsJsonAsync(
                "/api/v1/incidents", new { category = "litter", description = "new", grid = Grid });
            report.EnsureSuccessStatusCode();
        }

        var (clean, said) = await SiloProcess.RunAsync("verify", "--data", _folder);
        clean.ShouldBe(0, said);
        said.ShouldContain("4 cases, 3 open");
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }
}
