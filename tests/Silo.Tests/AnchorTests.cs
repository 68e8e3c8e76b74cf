using System.Text.Json;
using GridMesh.Product.Fixture;
using GridMesh.Silo.Fixture;
using Microsoft.Data.Sqlite;

namespace GridMesh.Silo.Tests;

public sealed class AnchorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gridmesh-anchor-").FullName;

    private string Data => Path.Combine(_folder, "data");

    private string File => Path.Combine(_folder, "heads.json");

    [Fact(DisplayName = "[ST39] an anchor finds what was rewritten and an older copy, and whoever altered it or has another key is told so; verify says where the chains end")]
    public async Task Anchored()
    {
        await ReportAsync(2);
        var older = Path.Combine(_folder, "older.db");
        await using (var connection = Open())
            Run(connection, $"VACUUM INTO '{older}'");
        await ReportAsync(1);
        (await SiloProcess.RunAsync("anchor", File, "--data", Data)).ExitCode.ShouldBe(0);
        var noted = JsonDocument.Parse(System.IO.File.ReadAllText(File)).RootElement.GetProperty("ends")[0];
        var (clean, told) = await VerifyAsync();
        clean.ShouldBe(0, told);
        told.ShouldContain(noted.GetProperty("hash").GetString()!);
        told.ShouldContain($"link {noted.GetProperty("link").GetInt64()}");
        await ReportAsync(1);
        (await VerifyAsync()).ExitCode.ShouldBe(0, "what came since is beyond the anchor");

        System.IO.File.Copy(Path.Combine(Data, "gridmesh.db"), Path.Combine(_folder, "whole.db"));
        await using (var connection = Open())
            Run(connection, "UPDATE facts SET hash = zeroblob(32) WHERE link = (SELECT max(link) - 1 FROM facts)");
        (await VerifyAsync()).ExitCode.ShouldBe(1);
        System.IO.File.Copy(older, Path.Combine(Data, "gridmesh.db"), overwrite: true);
        var (restored, why) = await VerifyAsync();
        restored.ShouldBe(1);
        why.ShouldContain("an older copy, or cut off");

        var other = Path.Combine(_folder, "other.key");
        System.IO.File.WriteAllText(other, new string('k', 40));
        (await SiloProcess.RunAsync("verify", "--anchor", File, "--key", other, "--data", Data)).Output.ShouldContain(
            "is no anchor that was signed with this key");
        System.IO.File.WriteAllText(File, System.IO.File.ReadAllText(File).Replace("\"link\":", "\"link\":1"));
        var (altered, said) = await VerifyAsync();
        altered.ShouldBe(1);
        said.ShouldContain("or it was altered");
        said.ShouldNotContain("   at ");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<(int ExitCode, string Output)> VerifyAsync() =>
        SiloProcess.RunAsync("verify", "--anchor", File, "--data", Data);

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(Data, "gridmesh.db")};Pooling=False");
        connection.Open();
        return connection;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private async Task ReportAsync(int count)
    {
        var app = await MeshApp.StartAsync(Data);
        var client = await app.SignInAsync("supervisor");
        for (var i = 0; i < count; i++)
        {
            using var answer = await client.PostAsync("/api/v1/incidents", new StringContent(
                JsonSerializer.Serialize(
                    new { category = "litter", description = "垃圾堆放",
                        position =
                            new { lng = SmallDistrict.PointIn(SmallDistrict.Grid).Lng,
                                lat = SmallDistrict.PointIn(SmallDistrict.Grid).Lat } }),
                System.Text.Encoding.UTF8, "application/json"));
            answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
        }

        await app.StopAsync();
    }
}
