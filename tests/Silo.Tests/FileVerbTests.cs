using System.Net.Http.Json;
using System.Text.Json;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Storage;
using GridMesh.Product.Fixture;
using GridMesh.Silo.Fixture;
using Microsoft.Extensions.DependencyInjection;

namespace GridMesh.Silo.Tests;

public sealed class FileVerbTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"gridmesh-{Guid.NewGuid():N}");

    [Fact(DisplayName = "[MV1] export and import move the directory and the whole journal to another database")]
    public async Task Moves()
    {
        var (from, to, package) =
            (Path.Combine(_folder, "a"), Path.Combine(_folder, "b"), Path.Combine(_folder, "district.zip"));
        var app = await MeshApp.StartAsync(from);
        var admin = await app.SignInAsync("admin");
        string? last = null;
        for (var i = 0; i < 20; i++)
        {
            var answer = await admin.PostAsJsonAsync(
                "/api/v1/incidents",
                new { category = "litter", description = $"垃圾 {i}",
                    grid = i % 2 == 0 ? SmallDistrict.Grid : SmallDistrict.FarGrid });
            last = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
            (await admin.PostAsJsonAsync($"/api/v1/incidents/{last}/dispatch", new { owner = "D-urban" }))
                .EnsureSuccessStatusCode();
        }

        await admin.PostAsJsonAsync(
            $"/api/v1/workers/{SmallDistrict.WorkerOf(SmallDistrict.Grid)}/shift", new { onDuty = true });
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
        var (from, to, package) =
            (Path.Combine(_folder, "a"), Path.Combine(_folder, "b"), Path.Combine(_folder, "package"));
        var app = await MeshApp.StartAsync(from);
        var admin = await app.SignInAsync("admin");
        for (var i = 0; i < 10; i++)
        {
            var answer = await admin.PostAsJsonAsync(
                "/api/v1/incidents", new { category = "litter", description = $"垃圾 {i}", grid = SmallDistrict.Grid });
            var id = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
            (await admin.PostAsJsonAsync($"/api/v1/incidents/{id}/dispatch", new { owner = "D-urban" }))
                .EnsureSuccessStatusCode();
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

    [Fact(DisplayName = "[MV5] a package whose case is another one here changes nothing, the directory neither; a dry run says what would change")]
    public async Task Another()
    {
        var (one, other, package) =
            (Path.Combine(_folder, "a"), Path.Combine(_folder, "b"), Path.Combine(_folder, "package"));
        var number = await ReportAsync(one, "甲", owner: null);
        (await ReportAsync(other, "乙", owner: null)).ShouldBe(number);
        (await SiloProcess.RunAsync("export", package, "--data", one)).ExitCode.ShouldBe(0);
        await ReplaceAsync(Path.Combine(package, "workers.csv"), "网格员0一", "改名");
        foreach (var dry in new string[][] { [], ["--dry-run"] })
        {
            var (exit, said) = await SiloProcess.RunAsync(["import", package, "--data", other, .. dry]);
            exit.ShouldBe(1, said);
            said.ShouldContain($"{number}: this database has another fact 1 of it");
        }

        var after = Path.Combine(_folder, "after");
        (await SiloProcess.RunAsync("export", after, "--data", other)).ExitCode.ShouldBe(0);
        (await File.ReadAllTextAsync(Path.Combine(after, "workers.csv"))).ShouldContain("网格员0一");
        (await SiloProcess.RunAsync("verify", "--data", other)).Output.ShouldContain("1 facts, 1 cases, 1 open");

        // Its own package with a worker of another name is a change, and told as one.
        await ReplaceAsync(Path.Combine(after, "workers.csv"), "网格员0一", "改名");
        var (planned, plan) = await SiloProcess.RunAsync("import", after, "--data", other, "--dry-run");
        planned.ShouldBe(0, plan);
        plan.ShouldContain("workers 人员: 0 new 新增, 0 gone 移除, 1 changed 变更");
        plan.ShouldContain("facts 事实: 0 new 新增, 1 here already 已有");
        (await SiloProcess.RunAsync("export", package + "2", "--data", other)).ExitCode.ShouldBe(0);
        (await File.ReadAllTextAsync(Path.Combine(package + "2", "workers.csv"))).ShouldNotContain("改名");
    }

    [Fact(DisplayName = "[MV6] an import that leaves an open case without its grid or its owner is refused, and verify finds one that lost its grid")]
    public async Task Lost()
    {
        var (data, package) = (Path.Combine(_folder, "a"), Path.Combine(_folder, "package"));
        await ReportAsync(data, "甲", owner: "D-urban", SmallDistrict.FarGrid);
        (await SiloProcess.RunAsync("export", package, "--data", data)).ExitCode.ShouldBe(0);
        File.Delete(Path.Combine(package, "journal.jsonl"));
        foreach (var file in Directory.GetFiles(package).Where(file => Path.GetFileName(file) != "manifest.json"))
        {
            await ReplaceAsync(file, SmallDistrict.FarGrid, SmallDistrict.FarGrid[..^1] + "9");
            await ReplaceAsync(file, "D-urban", "D-other");
        }

        var (exit, said) = await SiloProcess.RunAsync("import", package, "--data", data);
        exit.ShouldBe(1, said);
        said.ShouldContain($"{SmallDistrict.FarGrid}: 1 open cases lie in this grid, which the package does not have");
        said.ShouldContain("D-urban: owns 1 open cases, and the package does not have it");
        said.ShouldContain("Nothing was imported");
        (await SiloProcess.RunAsync("verify", "--data", data)).ExitCode.ShouldBe(0);

        // However it came about: what no grid shows is no clean database.
        var store = Path.Combine(_folder, "b");
        await (await MeshApp.StartAsync(store)).StopAsync();
        var app = await MeshApp.StartAsync(data);
        var present = (await app.Services.GetRequiredService<IDirectoryStore>().LoadAsync())!;
        var lost = Contracts.Codes.AreaCode.Parse(SmallDistrict.FarGrid);
        await app.Services.GetRequiredService<IDirectoryStore>().SaveAsync(
            present
                with { Areas = [.. present.Areas.Where(area => area.Code != lost)],
                    Workers = [.. present.Workers.Where(worker => worker.Grid != lost)] },
            new DirectoryOrigin("test", DirectoryOrigin.Package));
        await app.StopAsync();
        var (dirty, verified) = await SiloProcess.RunAsync("verify", "--data", data);
        dirty.ShouldBe(1);
        verified.ShouldContain($"{SmallDistrict.FarGrid}: 1 open cases lie in a grid that the directory does not have");
    }

    private static async Task<string> ReportAsync(
        string data, string description, string? owner, string grid = SmallDistrict.Grid)
    {
        var app = await MeshApp.StartAsync(data);
        var admin = await app.SignInAsync("admin");
        var answer = await admin.PostAsJsonAsync("/api/v1/incidents", new { category = "litter", description, grid });
        var id = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
        if (owner is not null)
            (await admin.PostAsJsonAsync($"/api/v1/incidents/{id}/dispatch", new { owner })).EnsureSuccessStatusCode();

        await app.StopAsync();
        return id;
    }

    private static async Task ReplaceAsync(string file, string old, string now) =>
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace(old, now));

    public void Dispose()
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }
}
