using System.Net.Http.Json;
using System.Text.Json;
using GridMesh.Product.Fixture;
using GridMesh.Product.Fixture.Places;
using GridMesh.Silo.Fixture;
using Npgsql;

namespace GridMesh.Cluster.Tests;

public sealed class ModeSwitchTests
{
    [Fact(DisplayName = "[OR6] a database goes from one Local process to a cluster and back: cases, shifts, grain state, reminders")]
    public async Task BothWays()
    {
        var place = await ClusterPlace.NewAsync();
        var folder = Path.Combine(Path.GetTempPath(), $"gridmesh-{Guid.NewGuid():N}");
        await (await MeshApp.StartAsync(folder, settings: [.. place.Storage.Select(setting => $"--{setting}")]))
            .StopAsync();
        var (cases, position) = (0, 0);
        string? before = null;
        foreach (var mode in new[] { place.Storage, place.Member(), place.Storage })
        {
            await using var silo = await SiloProcess.ServeAsync(folder, null, SiloProcess.Set(mode));
            using var admin = await MeshCluster.SignInAsync(silo, "admin");
            if (before is not null)
                (await StateAsync(admin)).ShouldBe(before, $"{cases} cases, with {string.Join(' ', mode)}");

            for (var i = 0; i < 5; i++)
            {
                (await admin.PostAsJsonAsync(
                    "/api/v1/incidents",
                    new { category = "litter", description = $"{++cases}", grid = SmallDistrict.Grid }))
                        .EnsureSuccessStatusCode();
            }

            await MoveAsync(admin, ++position);
            await Eventually.TrueAsync(
                async () =>
                    (await StateAsync(admin)).StartsWith($"{cases} open, 1 on duty", StringComparison.Ordinal),
                    "the numbers have climbed");
            before = await StateAsync(admin);
            await Eventually.TrueAsync(async () => await RemindersAsync(place) == 1, "the grid has its reminder");
            (await silo.TerminateAsync()).ShouldBe(0, silo.Output);
        }

        var (clean, said) = await SiloProcess.RunAsync(["verify", "--data", folder, .. SiloProcess.Set(place.Storage)]);
        clean.ShouldBe(0, said);
        said.ShouldContain("15 cases, 15 open");
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>
    /// What both modes must say alike: numbers, the worker and where it was seen, the building's last door.
    /// </summary>
    private static async Task<string> StateAsync(HttpClient admin)
    {
        var area = (await admin.GetFromJsonAsync<JsonElement>($"/api/v1/areas/{SmallDistrict.Code}"))
            .GetProperty("summary");
        var worker = await admin.GetStringAsync($"/api/v1/workers/{SmallDistrict.WorkerOf(SmallDistrict.Grid)}");
        var building = await admin.GetStringAsync($"/api/v1/buildings/{SmallDistrict.BuildingOf(SmallDistrict.Grid)}");
        var (open, onDuty) =
            (area.GetProperty("incidents").GetProperty("open"), area.GetProperty("workers").GetProperty("onDuty"));
        return $"{open} open, {onDuty} on duty, {worker}, {building}";
    }

    private static async Task MoveAsync(HttpClient admin, int step)
    {
        var worker = SmallDistrict.WorkerOf(SmallDistrict.Grid);
        var point = SmallDistrict.PointIn(SmallDistrict.Grid);
        var at = DateTimeOffset.UtcNow;
        (await admin.PostAsJsonAsync($"/api/v1/workers/{worker}/shift", new { onDuty = true }))
            .EnsureSuccessStatusCode();
        (await admin.PostAsJsonAsync(
            "/api/v1/positions", new[] { new { worker, lng = point.Lng + (step * 0.0001), lat = point.Lat, at } }))
                .EnsureSuccessStatusCode();
        (await admin.PostAsJsonAsync(
            "/api/v1/sensors/events", new[] { new { device = $"door-{SmallDistrict.Grid}", kind = "Door", at } }))
                .EnsureSuccessStatusCode();
    }

    private static async Task<long> RemindersAsync(ClusterPlace place)
    {
        await using var source = NpgsqlDataSource.Create(place.Connection);
        await using var command = source.CreateCommand(
            "SELECT count(*) FROM reminders WHERE grain_type = 'grid' AND name = 'deadlines'");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
