using GridMesh.Contracts.Storage;

namespace GridMesh.Storage.Tests;

public sealed class PrivateFilesTests : IDisposable
{
    private const int Makers = 8;
    private const int Rounds = 50;

    private readonly string _folder = Directory.CreateTempSubdirectory("gridmesh-").FullName;

    [Fact(DisplayName = "[ST40] a key that several begin to make at once is made by one of them, and none reads it half")]
    public void Once()
    {
        foreach (var path in Enumerable.Range(0, Rounds).Select(PathOf))
        {
            var read = new string[Makers];
            Parallel.For(0, Makers, new ParallelOptions { MaxDegreeOfParallelism = Makers }, maker =>
                read[maker] = PrivateFiles.ReadOrMake(path, () => new string((char)('a' + maker), 64)));
            read.Distinct().ShouldHaveSingleItem().ShouldBe(File.ReadAllText(path));
        }

        Directory.GetFiles(_folder).Length.ShouldBe(Rounds);
    }

    [Fact(DisplayName = "[ST40] a key that was begun and never written is made")]
    public void Begun()
    {
        File.WriteAllText(PathOf(0), "");
        PrivateFiles.ReadOrMake(PathOf(0), () => "a").ShouldBe("a");
        PrivateFiles.ReadOrMake(PathOf(0), () => "b").ShouldBe("a");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string PathOf(int round) => Path.Combine(_folder, $"{round}.key");
}
