using System.Net.Http.Json;
using System.Text.Json;
using GridMesh.Product.Fixture;
using GridMesh.Product.Fixture.Places;
using Npgsql;

namespace GridMesh.Cluster.Tests;

public sealed class EngineSwitchTests
{
    [Fact(DisplayName = "[OR6] a database goes from the embedded engine to Orleans and back: cases, shifts, grain state, reminders")]
    public async Task BothWays()
    {
        var embedded = EmbeddedSilo();
        Assert.SkipWhen(embedded is null, "The silo is not built on the embedded engine: dotnet build src/Silo");
        var folder = Path.Combine(Path.GetTempPath(), $"gridmesh-{Guid.NewGuid():N}");
        await (await MeshApp.StartAsync(folder)).StopAsync();
        string[] place = [.. (await EnginePlace.SettingsAsync(folder)).SelectMany(setting => new[] { "--set", setting })];
        var (cases, position) = (0, 0);
        string? before = null;
        foreach (var program in new[] { embedded, SiloProcess.ProgramPath("Silo"), embedded })
        {
            await using var silo = await SiloProcess.ServeAsync(program!, "Development", folder, null, place);
            using var admin = await MeshCluster.SignInAsync(silo, "admin");
            if (before is not null)
            {
                (await StateAsync(admin)).ShouldBe(before, $"{cases} cases, on {program}");
            }

            for (var i = 0; i < 5; i++)
            {
                (await admin.PostAsJsonAsync(
                    "/api/v1/incidents", new { category = "litter", description = $"{++cases}", grid = SmallDistrict.Grid })).EnsureSuccessStatusCode();
            }

            await MoveAsync(admin, ++position);
            await Eventually.TrueAsync(
                async () => (await StateAsync(admin)).StartsWith($"{cases} open, 1 on duty", StringComparison.Ordinal), "the numbers have climbed");
            before = await StateAsync(admin);
            await Eventually.TrueAsync(async () => await RemindersAsync(folder) == 1, "the grid has its reminder");
            (await silo.TerminateAsync()).ShouldBe(0, silo.Output);
        }

        var (clean, said) = await SiloProcess.RunAsync("verify", "--data", folder);
        clean.ShouldBe(0, said);
        said.ShouldContain("15 cases, 15 open");
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>What both engines must say alike: numbers, the worker and where it was seen, the building's last door.</summary>
    private static async Task<string> StateAsync(HttpClient admin)
    {
        var area = (await admin.GetFromJsonAsync<JsonElement>($"/api/v1/areas/{SmallDistrict.Code}")).GetProperty("summary");
        var worker = await admin.GetStringAsync($"/api/v1/workers/{SmallDistrict.WorkerOf(SmallDistrict.Grid)}");
        var building = await admin.GetStringAsync($"/api/v1/buildings/{SmallDistrict.BuildingOf(SmallDistrict.Grid)}");
        return $"{area.GetProperty("incidents").GetProperty("open")} open, {area.GetProperty("workers").GetProperty("onDuty")} on duty, {worker}, {building}";
    }

    private static async Task MoveAsync(HttpClient admin, int step)
    {
        var worker = SmallDistrict.WorkerOf(SmallDistrict.Grid);
        var point = SmallDistrict.PointIn(SmallDistrict.Grid);
        var at = DateTimeOffset.UtcNow;
        (await admin.PostAsJsonAsync($"/api/v1/workers/{worker}/shift", new { onDuty = true })).EnsureSuccessStatusCode();
        (await admin.PostAsJsonAsync(
            "/api/v1/positions", new[] { new { worker, lng = point.Lng + (step * 0.0001), lat = point.Lat, at } })).EnsureSuccessStatusCode();
        (await admin.PostAsJsonAsync(
            "/api/v1/sensors/events", new[] { new { device = $"door-{SmallDistrict.Grid}", kind = "Door", at } })).EnsureSuccessStatusCode();
    }

    private static async Task<long> RemindersAsync(string folder)
    {
        await using var source = NpgsqlDataSource.Create(await EnginePlace.ConnectionAsync(folder));
        await using var command = source.CreateCommand("SELECT count(*) FROM reminders WHERE grain_type = 'grid' AND name = 'deadlines'");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>The newest one beside this test's own output.</summary>
    private static string? EmbeddedSilo()
    {
        var built = Path.Combine(AppContext.BaseDirectory, "../../../../Embedded/bin/Silo");
        return Directory.Exists(built)
            ? Directory.EnumerateFiles(built, "GridMesh.Silo.dll", SearchOption.AllDirectories).MaxBy(File.GetLastWriteTimeUtc)
            : null;
    }
}
