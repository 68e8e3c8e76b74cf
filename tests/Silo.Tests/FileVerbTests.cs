using System.Net.Http.Json;
using System.Text.Json;
using GridMesh.Product.Fixture;
using GridMesh.Silo.Fixture;

namespace GridMesh.Silo.Tests;

public sealed class FileVerbTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"gridmesh-{Guid.NewGuid():N}");

    [Fact(DisplayName = "[MV1] export and import move the directory and the whole journal to another database")]
    public async Task Moves()
    {
        var (from, to, package) = (Path.Combine(_folder, "a"), Path.Combine(_folder, "b"), Path.Combine(_folder, "district.zip"));
        var app = await MeshApp.StartAsync(from);
        var admin = await app.SignInAsync("admin");
        string? last = null;
        for (var i = 0; i < 20; i++)
        {
            var answer = await admin.PostAsJsonAsync(
                "/api/v1/incidents", new { category = "litter", description = $"垃圾 {i}", grid = i % 2 == 0 ? SmallDistrict.Grid : SmallDistrict.FarGrid });
            last = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
            (await admin.PostAsJsonAsync($"/api/v1/incidents/{last}/dispatch", new { owner = "D-urban" })).EnsureSuccessStatusCode();
        }

        await admin.PostAsJsonAsync($"/api/v1/workers/{SmallDistrict.WorkerOf(SmallDistrict.Grid)}/shift", new { onDuty = true });
        var before = await admin.GetStringAsync($"/api/v1/incidents/{last}");
        await app.StopAsync();

        (await SiloProcess.RunAsync("export", package, "--data", from)).ExitCode.ShouldBe(0);
        var (imported, said) = await SiloProcess.RunAsync("import", package, "--data", to);
        imported.ShouldBe(0, said);
        said.ShouldContain("41 facts");
        var (clean, verified) = await SiloProcess.RunAsync("verify", "--data", to);
        clean.ShouldBe(0, verified);
        verified.ShouldContain("41 facts, 20 cases, 20 open");

        app = await MeshApp.StartAsync(to);
        admin = await app.SignInAsync("admin");
        (await admin.GetStringAsync($"/api/v1/incidents/{last}")).ShouldBe(before);
        var area = await admin.GetFromJsonAsync<JsonElement>($"/api/v1/areas/{SmallDistrict.Code}");
        area.GetProperty("summary").GetProperty("workers").GetProperty("onDuty").GetInt32().ShouldBe(1);
        await app.StopAsync();
    }

    [Fact(DisplayName = "[EX7] an import run again where it broke off passes over what is there and goes on; other facts of a stream stop it")]
    public async Task GoesOn()
    {
        var (from, to, package) = (Path.Combine(_folder, "a"), Path.Combine(_folder, "b"), Path.Combine(_folder, "package"));
        var app = await MeshApp.StartAsync(from);
        var admin = await app.SignInAsync("admin");
        for (var i = 0; i < 10; i++)
        {
            var answer = await admin.PostAsJsonAsync("/api/v1/incidents", new { category = "litter", description = $"垃圾 {i}", grid = SmallDistrict.Grid });
            var id = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
            (await admin.PostAsJsonAsync($"/api/v1/incidents/{id}/dispatch", new { owner = "D-urban" })).EnsureSuccessStatusCode();
        }

        await app.StopAsync();
        (await SiloProcess.RunAsync("export", package, "--data", from)).ExitCode.ShouldBe(0);
        var file = Path.Combine(package, "journal.jsonl");
        var lines = await File.ReadAllLinesAsync(file);
        await File.WriteAllLinesAsync(file, lines.Take(7));
        (await SiloProcess.RunAsync("import", package, "--data", to)).ExitCode.ShouldBe(0);
        await File.WriteAllLinesAsync(file, lines);
        (await SiloProcess.RunAsync("import", package, "--data", to)).ExitCode.ShouldBe(0);
        (await SiloProcess.RunAsync("verify", "--data", to)).Output.ShouldContain("20 facts, 10 cases, 10 open");

        // The same first fact of a stream under another command: this database has another history of that case.
        var first = JsonDocument.Parse(lines[0]).RootElement;
        var command = first.GetProperty("commandId").GetString()!;
        await File.WriteAllLinesAsync(file, [lines[0].Replace(command, "00000000-0000-0000-0000-0000000000aa")]);
        var (exit, said) = await SiloProcess.RunAsync("import", package, "--data", to);
        exit.ShouldBe(1, said);
        said.ShouldContain(first.GetProperty("stream").GetString()!);
        (await SiloProcess.RunAsync("verify", "--data", to)).ExitCode.ShouldBe(0);
    }

    [Fact(DisplayName = "[MV2] a package with a fault changes nothing and every fault is told with its place")]
    public async Task Refused()
    {
        var (data, package) = (Path.Combine(_folder, "a"), Path.Combine(_folder, "package"));
        await (await MeshApp.StartAsync(data)).StopAsync();
        (await SiloProcess.RunAsync("export", package, "--data", data)).ExitCode.ShouldBe(0);
        var workers = Path.Combine(package, "workers.csv");
        var lines = await File.ReadAllLinesAsync(workers);
        lines[1] = lines[1].Replace(SmallDistrict.Grid, "450105009009009");
        lines[2] = lines[2].Replace("Worker", "Wizard");
        await File.WriteAllLinesAsync(workers, lines);
        var (exit, said) = await SiloProcess.RunAsync("import", package, "--data", data);
        exit.ShouldBe(1, said);
        said.ShouldContain("workers.csv:2");
        said.ShouldContain("workers.csv:3");
        said.ShouldContain("Nothing was imported");
        (await SiloProcess.RunAsync("verify", "--data", data)).ExitCode.ShouldBe(0);
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
