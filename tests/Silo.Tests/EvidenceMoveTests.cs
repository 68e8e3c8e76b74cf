using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using GridMesh.Postgres.Fixture;
using GridMesh.Product.Fixture;
using GridMesh.Product.Fixture.Places;
using GridMesh.Silo.Fixture;
using SkiaSharp;

namespace GridMesh.Silo.Tests;

public sealed class EvidenceMoveTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"gridmesh-{Guid.NewGuid():N}");

    private string From => Path.Combine(_folder, "a");

    private string To => Path.Combine(_folder, "b");

    [Theory(DisplayName = "[MV3] photos move with the journal byte for byte, into an archive and a folder, with small ones made anew")]
    [InlineData("district.zip")]
    [InlineData("district")]
    public async Task Moves(string name)
    {
        var package = Path.Combine(_folder, name);
        byte[][] photos = [Picture(1), Picture(2), Picture(3)];
        var (incident, small) = await LiveAsync(photos);
        (await RunAsync("export", package, From)).ShouldContain("3 photos");
        (await RunAsync("import", package, To)).ShouldContain("3 photos 张照片已导入");
        (await RunAsync("import", package, To)).ShouldNotContain("张照片已导入");

        var app = await MeshApp.StartAsync(To);
        var admin = await app.SignInAsync("admin");
        for (var i = 0; i < photos.Length; i++)
        {
            var address = $"/api/v1/incidents/{incident}/evidence/{HashOf(photos[i])}";
            (await admin.GetByteArrayAsync(address)).ShouldBe(photos[i]);
            (await admin.GetByteArrayAsync(address + "?thumbnail=true")).ShouldBe(small[i]);
        }

        await app.StopAsync();
    }

    [Fact(DisplayName = "[MV3] photos move from one kind of database to the other and back")]
    public async Task BothStores()
    {
        Assert.SkipWhen(PostgresServer.Unavailable is not null, PostgresServer.Unavailable ?? "");
        await using var server = await PostgresServer.StartNewAsync();
        string[] postgres =
        [
            "--set", "GridMesh:Storage=Postgres", "--set",
            $"ConnectionStrings:GridMesh={await server.CreateDatabaseAsync()}",
        ];
        var (there, back) = (Path.Combine(_folder, "there.zip"), Path.Combine(_folder, "back"));
        var photo = Picture(1);
        await LiveAsync(photo);
        await RunAsync("export", there, From);
        (await RunAsync("import", there, To, postgres)).ShouldContain("1 photos");
        var said = await RunAsync("verify", null, To, postgres);
        said.ShouldContain("clean");
        said.ShouldContain("0 facts not in them yet");
        await RunAsync("export", back, To, postgres);
        (await File.ReadAllBytesAsync(Path.Combine(back, "evidence", $"{HashOf(photo)}.jpg"))).ShouldBe(photo);
    }

    [Fact(DisplayName = "[MV3] a photo that is not what its name says stops the import by its file's name, and nothing is imported")]
    public async Task Tampered()
    {
        var package = Path.Combine(_folder, "package");
        byte[][] photos = [Picture(1), Picture(2), Picture(3)];
        await LiveAsync(photos);
        await RunAsync("export", package, From);
        string[] files = [.. photos[..2].Select(photo => $"{HashOf(photo)}.jpg"), $"{HashOf(photos[2])}.jpg"];
        var evidence = Path.Combine(package, "evidence");
        var changed = await File.ReadAllBytesAsync(Path.Combine(evidence, files[0]));
        changed[^3] ^= 1;
        await File.WriteAllBytesAsync(Path.Combine(evidence, files[0]), changed);
        await using (var large = File.OpenWrite(Path.Combine(evidence, files[1])))
        {
            large.SetLength(10_000_001);
        }

        File.Move(Path.Combine(evidence, files[2]), Path.Combine(evidence, Path.ChangeExtension(files[2], ".webp")));
        var (exit, said) = await SiloProcess.RunAsync("import", package, "--data", To);
        exit.ShouldBe(1, said);
        said.ShouldContain($"evidence/{files[0]}: 内容与文件名");
        said.ShouldContain($"evidence/{files[1]}: 超过 10000000 字节");
        said.ShouldContain($"evidence/{Path.ChangeExtension(files[2], ".webp")}: 内容不是 image/webp");
        said.ShouldContain("Nothing was imported 未导入任何内容: 3 problems");
        (await SiloProcess.RunAsync("export", Path.Combine(_folder, "none"), "--data", To)).Output.ShouldContain(
            "no directory to export");
    }

    [Fact(DisplayName = "[MV4, ST39] a photo that is missing or damaged is told by export and import with its case, and the rest moves; what no case names is passed over")]
    public async Task Missing()
    {
        var package = Path.Combine(_folder, "package");
        byte[][] photos = [Picture(1), Picture(2), Picture(3)];
        var (incident, _) = await LiveAsync(photos);
        (await DataPlace.TamperAsync(From, $"DELETE FROM evidence WHERE hash = '{HashOf(photos[0])}'")).ShouldBe(1);
        (await DataPlace.TamperAsync(
            From,
            $"UPDATE evidence SET bytes = (SELECT thumbnail FROM evidence WHERE hash = '{HashOf(photos[1])}') WHERE hash = '{HashOf(photos[1])}'"))
            .ShouldBe(1);
        var (unclean, why) = await SiloProcess.RunAsync("verify", "--data", From);
        unclean.ShouldBe(1, why);
        why.ShouldContain($"photo {HashOf(photos[1])} of case {incident} is not what its case names");
        var exported = await RunAsync("export", package, From);
        exported.ShouldContain($"photo {HashOf(photos[0])} of case {incident} is not in the database");
        exported.ShouldContain($"photo {HashOf(photos[1])} of case {incident} is damaged");
        exported.ShouldContain("1 photos");

        await File.WriteAllBytesAsync(Path.Combine(package, "evidence", $"{new string('a', 64)}.jpg"), [1]);
        var imported = await RunAsync("import", package, To);
        imported.ShouldContain($"photo {HashOf(photos[0])} of case {incident} is not in the package");
        imported.ShouldContain("1 photos 张照片已导入");
        imported.ShouldContain("1 files of evidence/ passed over");
        (await RunAsync("verify", null, To)).ShouldContain("2 are not there");
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A case with the photos, and their small ones.</summary>
    private async Task<(string Incident, byte[][] Small)> LiveAsync(params byte[][] photos)
    {
        var app = await MeshApp.StartAsync(From);
        var admin = await app.SignInAsync("admin");
        var answer = await admin.PostAsJsonAsync(
            "/api/v1/incidents", new { category = "litter", description = "垃圾", grid = SmallDistrict.Grid });
        var incident = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
        var small = new List<byte[]>();
        foreach (var photo in photos)
        {
            using var body = new ByteArrayContent(photo);
            (await admin.PostAsync($"/api/v1/incidents/{incident}/evidence?kind=Before", body))
                .EnsureSuccessStatusCode();
            small.Add(
                await admin.GetByteArrayAsync($"/api/v1/incidents/{incident}/evidence/{HashOf(photo)}?thumbnail=true"));
        }

        await app.StopAsync();
        return (incident, [.. small]);
    }

    private static async Task<string> RunAsync(string verb, string? package, string data, params string[] settings)
    {
        string[] file = package is null ? [] : [package];
        var (exit, said) = await SiloProcess.RunAsync([verb, .. file, "--data", data, .. settings]);
        exit.ShouldBe(0, said);
        return said;
    }

    private static string HashOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>As a door keeps it: a JPEG with nothing in it but the picture.</summary>
    private static byte[] Picture(int seed)
    {
        using var picture = new SKBitmap(new SKImageInfo(640, 480));
        picture.Erase(new SKColor((byte)(seed * 40), 90, 60));
        using var jpeg = picture.Encode(SKEncodedImageFormat.Jpeg, 90);
        return jpeg.ToArray();
    }
}
