using GridMesh.Exchange;

namespace GridMesh.Load.Tests.Seeding;

public sealed class CityTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gridmesh-test-").FullName;

    [Fact(DisplayName = "[LO43] districts of one city side by side are one package that import takes; the first is the demo's own")]
    public void Taken()
    {
        var data = City.Build(3, 1);
        data.Areas.Select(area => area.Code.District.Value).Distinct()
            .ShouldBe(["450105", "450106", "450107"], ignoreOrder: true);
        DirectoryFiles.Write(data, _folder);
        var read = DirectoryFiles.Read(_folder);
        read.Problems.ShouldBeEmpty();
        read.Data!.Workers.Length.ShouldBe(data.Workers.Length);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
