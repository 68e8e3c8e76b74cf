using System.Net;
using GridMesh.Contracts.Directory;
using GridMesh.Grains;
using GridMesh.Product.Fixture;
using GridMesh.Silo.Hosting.Cluster;
using Orleans.Runtime;

namespace GridMesh.Cluster.Tests;

public sealed class PlaceTests
{
    private static readonly AreaPlaces s_places = new(new FixedDirectory(new DirectoryView(SmallDistrict.Data)));

    [Fact(DisplayName = "[OR7] a grid, its building, its case and its worker live with their community")]
    public void Together()
    {
        var silos = Silos(5);
        var community = s_places.Choose(GrainId.Create("area", SmallDistrict.Community), silos);
        foreach (var (type, key) in new[]
        {
            ("grid", SmallDistrict.Grid), ("building", SmallDistrict.BuildingOf(SmallDistrict.Grid)),
            ("incident", $"{SmallDistrict.Grid}-261124-0001"), ("worker", SmallDistrict.WorkerOf(SmallDistrict.Grid)),
        })
        {
            s_places.PlaceOf(GrainId.Create(type, key)).ShouldBe(SmallDistrict.Community, $"{type} {key}");
            s_places.Choose(GrainId.Create(type, key), silos).ShouldBe(community, $"{type} {key}");
        }

        s_places.PlaceOf(GrainId.Create("area", SmallDistrict.Town)).ShouldBe(SmallDistrict.Town);
        s_places.PlaceOf(GrainId.Create("worker", "nobody")).ShouldBe("nobody");
    }

    [Fact(DisplayName = "[OR7] every kind of grain that lives by area is placed by it, the services of a grid too")]
    public void Placed()
    {
        var resolver = new AreaPlacementResolver();
        GrainKinds.Service.LivesByArea.ShouldBeTrue();
        foreach (var kind in GrainKinds.All)
            resolver.TryResolvePlacementStrategy(GrainType.Create(kind.Name), null, out _)
                .ShouldBe(kind.LivesByArea, kind.Name);
    }

    [Fact(DisplayName = "[OR7] shares are even, and the order in which silos are listed does not matter")]
    public void Even()
    {
        var silos = Silos(5);
        var shares = Places().CountBy(place => AreaPlaces.Choose(place, silos)).Select(share => share.Value).ToList();
        shares.Count.ShouldBe(5);
        shares.ShouldAllBe(share => share > 320 && share < 480, "2,000 places over 5 silos");
        Places().ShouldAllBe(
            place => AreaPlaces.Choose(place, silos).Equals(AreaPlaces.Choose(place, silos.Reverse().ToArray())));
    }

    [Fact(DisplayName = "[OR7] a silo that comes takes from all and moves nothing between the others; one that restarts gets its own back")]
    public void Stable()
    {
        var (five, six) = (Silos(5), Silos(6));
        var moved = Places().Where(place => !AreaPlaces.Choose(place, five).Equals(AreaPlaces.Choose(place, six)))
            .ToList();
        moved.ShouldAllBe(place => AreaPlaces.Choose(place, six).Equals(six[5]));
        moved.Count.ShouldBeInRange(250, 420, "a sixth of 2,000");
        var restarted = five.Select((silo, i) => i == 2 ? SiloAddress.New(silo.Endpoint, 99) : silo).ToArray();
        Places().ShouldAllBe(
            place => AreaPlaces.Choose(place, restarted).Endpoint.Equals(AreaPlaces.Choose(place, five).Endpoint));
    }

    private static SiloAddress[] Silos(int count) =>
        [.. Enumerable.Range(1, count).Select(
            i => SiloAddress.New(new IPEndPoint(IPAddress.Parse($"10.0.0.{i}"), 11_111), i))];

    private static IEnumerable<string> Places() =>
        Enumerable.Range(0, 2_000).Select(i => $"4501{i / 200:00}{i / 20 % 10:000}{i % 20:000}");

    private sealed class FixedDirectory(DirectoryView view) : IDirectory
    {
        public DirectoryView Current => view;
    }
}
