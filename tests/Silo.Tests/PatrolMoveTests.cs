using System.Net.Http.Json;
using System.Text.Json;
using GridMesh.Product.Fixture;
using GridMesh.Product.Fixture.Places;
using GridMesh.Silo.Fixture;

namespace GridMesh.Silo.Tests;

public sealed class PatrolMoveTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"gridmesh-{Guid.NewGuid():N}");

    [Fact(DisplayName = "[PT8] export, import and verify take the facts of patrols with them, and find what was tampered with")]
    public async Task Moves()
    {
        var (from, to, package) =
            (Path.Combine(_folder, "a"), Path.Combine(_folder, "b"), Path.Combine(_folder, "district.zip"));
        var app = await MeshApp.StartAsync(from);
        var (worker, grid) = (SmallDistrict.LeadOf(SmallDistrict.Grid), SmallDistrict.Grid);
        var lead = await app.SignInAsync("lead", grid, worker);
        (await lead.PostAsJsonAsync($"/api/v1/workers/{worker}/shift", new { onDuty = true }))
            .EnsureSuccessStatusCode();
        var at = SmallDistrict.PointIn(grid);
        var made = await lead.PostAsJsonAsync($"/api/v1/areas/{grid}/patrol-plans", new
        {
            name = "巡查",
            checkpoints =
                new[] { new { name = "东门", position = new { lng = at.Lng, lat = at.Lat } },
                    new { name = "西门", position = new { lng = at.Lng - 0.004, lat = at.Lat } } },
            windows = new[] { new { from = "00:00", to = "00:00" } },
        });
        made.EnsureSuccessStatusCode();
        var plan = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        var code =
            (await lead.GetFromJsonAsync<JsonElement>($"/api/v1/areas/{grid}/patrol-plans/{plan}/checkpoints/c1/code"))
            .GetProperty("code").GetString();
        (await lead.PostAsJsonAsync($"/api/v1/workers/{worker}/check-ins", new { code, position = at }))
            .EnsureSuccessStatusCode();
        var before = await lead.GetStringAsync($"/api/v1/areas/{grid}/patrols");
        await app.StopAsync();

        var (clean, said) = await SiloProcess.RunAsync("verify", "--data", from);
        clean.ShouldBe(0, said);
        said.ShouldContain("1 workers 人员, 1 checkpoints 打卡点, 0 watches 关爱, 1 snapshots 快照");
        (await SiloProcess.RunAsync("export", package, "--data", from)).ExitCode.ShouldBe(0);
        (await SiloProcess.RunAsync("import", package, "--data", to)).ExitCode.ShouldBe(0);
        (clean, said) = await SiloProcess.RunAsync("verify", "--data", to);
        clean.ShouldBe(0, said);
        said.ShouldContain("3 facts");

        app = await MeshApp.StartAsync(to);
        lead = await app.SignInAsync("lead", grid, worker);
        (await lead.GetStringAsync($"/api/v1/areas/{grid}/patrols")).ShouldBe(before);
        (await lead.GetFromJsonAsync<JsonElement>($"/api/v1/workers/{worker}")).GetProperty("onDuty").GetBoolean()
            .ShouldBeTrue();
        await app.StopAsync();

        (await DataPlace.TamperAsync(to, "UPDATE facts SET version = 9 WHERE type = 'CheckpointDone'")).ShouldBe(1);
        (clean, said) = await SiloProcess.RunAsync("verify", "--data", to);
        clean.ShouldBe(1, said);
        said.ShouldContain($"patrol:{grid}: fact 9 follows 1");
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }
}
