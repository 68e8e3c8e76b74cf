using GridMesh.Contracts.Storage;
using GridMesh.Exchange.Evidence;

namespace GridMesh.Exchange.Tests;

public sealed class PhotoTests
{
    private static readonly string s_hash = new('a', 64);

    [Theory(DisplayName = "[MV3] photos lie in the package by hash and kind, in a folder and in an archive, and read back byte for byte")]
    [InlineData("package")]
    [InlineData("package.zip")]
    public async Task RoundTrip(string name)
    {
        using var folder = new TempFolder();
        var path = folder.At(name);
        PackagePhoto[] photos =
        [
            new(s_hash, "image/jpeg", [1, 2, 0]), new(new string('b', 64), "image/png", [3]),
            new(new string('c', 64), "image/webp", []),
        ];
        await DirectoryFiles.WriteAsync(
            SmallPackage.Data, AsyncEnumerable.Empty<JournalRecord>(), photos.ToAsyncEnumerable(), path,
            TestContext.Current.CancellationToken);
        DirectoryFiles.Read(path).Problems.ShouldBeEmpty();
        using var files = PhotoFiles.Open(path);
        files.Names.Order(StringComparer.Ordinal).ShouldBe(
            [$"evidence/{s_hash}.jpg", $"evidence/{new string('b', 64)}.png", $"evidence/{new string('c', 64)}.webp"]);
        foreach (var photo in photos)
        {
            var file = PhotoFiles.NameOf(photo.Hash, photo.MediaType);
            PhotoFiles.TryParse(file, out var hash, out var mediaType).ShouldBeTrue();
            (hash, mediaType).ShouldBe((photo.Hash, photo.MediaType));
            files.Read(file).ShouldBe(photo.Bytes);
        }
    }

    [Fact(DisplayName = "[MV3] a file is a photo of a package by a whole hash and a known ending only")]
    public void Names()
    {
        foreach (var name in (string[])[$"{s_hash}.gif", $"{s_hash[1..]}.jpg", $"{s_hash.ToUpperInvariant()}.jpg",
            s_hash, "readme.txt"])
            PhotoFiles.TryParse($"evidence/{name}", out _, out _).ShouldBeFalse(name);
    }

    [Fact(DisplayName = "[EX2] a photo longer than one may be is not read to its end, whatever the archive says")]
    public void TooLong()
    {
        using var folder = new TempFolder();
        var name = $"evidence/{s_hash}.jpg";
        Directory.CreateDirectory(folder.At("evidence"));
        using (var file = File.Create(folder.At(name)))
        {
            file.SetLength(10_000_001);
        }

        using var files = PhotoFiles.Open(folder.Path);
        files.Read(name).ShouldBeNull();
    }

    [Fact(DisplayName = "[EX2] a package that breaks off among its photos leaves none of them")]
    public async Task BreaksOff()
    {
        using var folder = new TempFolder();
        await Should.ThrowAsync<IOException>(DirectoryFiles.WriteAsync(
            SmallPackage.Data, AsyncEnumerable.Empty<JournalRecord>(), Broken(), folder.Path,
            TestContext.Current.CancellationToken));
        Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    private static async IAsyncEnumerable<PackagePhoto> Broken()
    {
        yield return new PackagePhoto(s_hash, "image/png", [1]);
        await Task.Yield();
        throw new IOException("the disk is full");
    }
}
