using System.Text.Json;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Json;
using GridMesh.Gateway.Areas;

namespace GridMesh.Gateway.Tests.Areas;

/// <summary>The golden frames are checked here and in the wall's own tests: both ends read them alike.</summary>
public sealed class GoldenTests
{
    [Fact(DisplayName = "[WP2, WA1] the golden frames make the golden result out of the golden snapshot")]
    public void Golden()
    {
        var model = new AreaModel(Read<AreaSnapshot>("snapshot"));
        model.Apply(Read<AreaFrame>("frame-1")).ShouldBeTrue();
        model.Apply(Read<AreaFrame>("frame-2")).ShouldBeTrue();
        Sorted(model.Snapshot).ShouldBe(Sorted(Read<AreaSnapshot>("after")));
    }

    [Fact(DisplayName = "[WP1] a golden frame out of its turn is refused")]
    public void OutOfTurn() =>
        new AreaModel(Read<AreaSnapshot>("snapshot")).Apply(Read<AreaFrame>("frame-2")).ShouldBeFalse();

    private static T Read<T>(string name)
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "GridMesh.sln")))
            folder = Path.GetDirectoryName(folder)!;

        return JsonSerializer.Deserialize<T>(
            File.ReadAllText(Path.Combine(folder, "tests", "Golden", $"{name}.json")), MeshJson.Options)!;
    }

    private static string Sorted(AreaSnapshot snapshot) => JsonSerializer.Serialize(
        snapshot with
        {
            Children = [.. snapshot.Children.OrderBy(child => child.Code)],
            Incidents = [.. snapshot.Incidents.OrderBy(card => card.Id.Value)],
            Workers = [.. snapshot.Workers.OrderBy(dot => dot.Id)],
        },
        MeshJson.Options);
}
