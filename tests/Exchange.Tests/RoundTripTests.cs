using System.IO.Compression;
using System.Text.Json;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Json;
using GridMesh.Demo;

namespace GridMesh.Exchange.Tests;

public sealed class RoundTripTests
{
    /// <summary>Doubles are written in full, so equal text is equal data.</summary>
    private static string Text(DirectoryData? data) => JsonSerializer.Serialize(data, MeshJson.Options);

    [Theory(DisplayName = "[EX1] what is written and read again is the same, as a folder and as an archive")]
    [InlineData("package")]
    [InlineData("package.zip")]
    public void Small_package_comes_back(string name)
    {
        using var folder = new TempFolder();
        DirectoryFiles.Write(SmallPackage.Data, folder.At(name));
        var result = DirectoryFiles.Read(folder.At(name));
        result.Problems.ShouldBeEmpty();
        Text(result.Data).ShouldBe(Text(SmallPackage.Data));
    }

    [Fact(DisplayName = "[EX1] the demo district comes back the same to the last digit, telling its progress")]
    public void Demo_district_comes_back()
    {
        using var folder = new TempFolder();
        var data = DemoDistrict.Generate();
        DirectoryFiles.Write(data, folder.At("demo.zip"));
        var steps = new Steps();
        var result = DirectoryFiles.Read(folder.At("demo.zip"), steps);
        result.Problems.ShouldBeEmpty();
        (Text(result.Data) == Text(data)).ShouldBeTrue();
        steps.Said.Count(step => step.Contains(PackageFiles.Buildings)).ShouldBe(1);
    }

    [Fact(DisplayName = "[EX1] files may begin with a byte order mark, or not, and end lines either way")]
    public void Marks_are_taken()
    {
        using var folder = new TempFolder();
        DirectoryFiles.Write(SmallPackage.Data, folder.Path);
        foreach (var file in Directory.GetFiles(folder.Path))
        {
            var text = File.ReadAllText(file);
            var isMarked = File.ReadAllBytes(file)[0] == 0xEF;
            // The one text with a line end inside quotes has to stay as it is.
            File.WriteAllText(
                file, file.EndsWith(PackageFiles.Standards) ? text : text.ReplaceLineEndings("\r\n"),
                new System.Text.UTF8Encoding(!isMarked));
        }

        var result = DirectoryFiles.Read(folder.Path);
        result.Problems.ShouldBeEmpty();
        Text(result.Data).ShouldBe(Text(SmallPackage.Data));
    }

    [Fact(DisplayName = "[EX2] a package takes its name only when it is complete; a failed one leaves the old as it was")]
    public async Task Unfinished_is_unseen()
    {
        using var folder = new TempFolder();
        var path = folder.At("package.zip");
        DirectoryFiles.Write(SmallPackage.Data, path);
        var before = await File.ReadAllBytesAsync(path);
        await Should.ThrowAsync<IOException>(DirectoryFiles.WriteAsync(SmallPackage.Data, JournalTests.Broken(), path));
        (await File.ReadAllBytesAsync(path)).ShouldBe(before);
        Directory.GetFiles(folder.Path).ShouldBe([path]);
    }

    [Fact(DisplayName = "[EX2] entries of an archive are never unpacked, wherever their names lead")]
    public void Archive_paths_lead_nowhere()
    {
        using var folder = new TempFolder();
        var path = folder.At("package.zip");
        DirectoryFiles.Write(SmallPackage.Data, path);
        using (var archive = ZipFile.Open(path, ZipArchiveMode.Update))
        {
            using var writer = new StreamWriter(archive.CreateEntry("../escaped.csv").Open());
            writer.Write("x");
        }

        DirectoryFiles.Read(path).Problems.ShouldBeEmpty();
        File.Exists(System.IO.Path.Combine(folder.Path, "..", "escaped.csv")).ShouldBeFalse();
    }

    [Fact(DisplayName = "[EX2] a file named twice in an archive is refused")]
    public void Archive_names_are_single()
    {
        using var folder = new TempFolder();
        var path = folder.At("package.zip");
        DirectoryFiles.Write(SmallPackage.Data, path);
        using (var archive = ZipFile.Open(path, ZipArchiveMode.Update))
        {
            archive.CreateEntry(PackageFiles.Workers).Open().Dispose();
        }

        DirectoryFiles.Read(path).Data.ShouldBeNull();
    }

    [Fact(DisplayName = "[EX2] a file that unpacks to more than it may is refused while it is read")]
    public void Bombs_are_stopped()
    {
        using var folder = new TempFolder();
        var path = folder.At("package.zip");
        DirectoryFiles.Write(SmallPackage.Data, path);
        using (var archive = ZipFile.Open(path, ZipArchiveMode.Update))
        {
            archive.GetEntry(PackageFiles.Calendar)!.Delete();
            using var bomb = archive.CreateEntry(PackageFiles.Calendar).Open();
            var megabyte = new byte[1024 * 1024];
            megabyte.AsSpan().Fill((byte)'\n');
            bomb.Write("date,isWorkday,name\n"u8);
            for (var written = 0L; written <= ExchangeLimits.FileBytesMax; written += megabyte.Length)
                bomb.Write(megabyte);
        }

        new FileInfo(path).Length.ShouldBeLessThan(10 * 1024 * 1024);
        var problem = DirectoryFiles.Read(path).Problems.ShouldHaveSingleItem();
        problem.File.ShouldBe(PackageFiles.Calendar);
        problem.MessageEn.ShouldContain("larger than");
    }

    private sealed class Steps : IProgress<string>
    {
        public List<string> Said { get; } = [];

        public void Report(string value) => Said.Add(value);
    }
}
