using System.Text.Json.Nodes;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Visits;
using GridMesh.Demo.Care;
using GridMesh.Demo.Visits;
using GridMesh.Demo.World;

namespace GridMesh.Demo.Tests.Traffic;

public sealed class HouseholdTests
{
    [Fact(DisplayName = "[DE19] the demo watches over some hundreds of households of the elderly who live alone, each once; most have a door of their own")]
    public void Watched()
    {
        var watches = WatchTable.For(new TrafficWorld(DistrictFixture.View), 1);
        watches.Count.ShouldBeInRange(200, WatchTable.GridsMax * (WatchTable.HeardMax + 1));
        watches.Select(watch => (watch.Building, watch.Household)).ShouldBeUnique();
        watches.Count(watch => watch.Device is null).ShouldBeInRange(1, WatchTable.SilentMax);
        var buildings = DistrictFixture.Data.Buildings.ToDictionary(one => one.Code);
        watches.Select(watch => buildings[watch.Building].ElderlyAlone).ShouldAllBe(elderly => elderly > 0);
        watches.All(
            watch => watch.Device is not { } door || DistrictFixture.View.Devices[door].Building == watch.Building)
            .ShouldBeTrue();
        var silent = watches.Where(watch => watch.Device is null).Select(watch => watch.Building).ToHashSet();
        DistrictFixture.Data.Devices.ShouldNotContain(device =>
            device.Kind == SensorKind.Door && device.Building != null && silent.Contains(device.Building.Value));
        WatchTable.For(new TrafficWorld(DistrictFixture.View), 60).ShouldAllBe(watch => watch.WindowHours == 1);
    }

    [Fact(DisplayName = "[DE19] watches are begun once by the people of their own grid; who is not heard of is looked after, also after a restart")]
    public Task Cared_for() => Stage.PlayAsync(options => options.Speed = 20, _ => { }, async stage =>
    {
        stage.Run(TimeSpan.FromMinutes(1));
        var wanted = WatchTable.For(new TrafficWorld(DistrictFixture.Community), 20).Count;
        wanted.ShouldBeGreaterThan(5);
        stage.Server.Watches.Count.ShouldBe(wanted);
        stage.Posts("/watches").ShouldAllBe(seen =>
            seen.Token.StartsWith($"worker.{seen.Path.Split('/')[4].Substring(0, 15)}.")
                && seen.Body.Contains("consent"));
        stage.Posts("/confirm").ShouldBeEmpty();

        var watch = stage.Server.Watches[0];
        watch["alarmedAt"] = JsonValue.Create(stage.Time.GetUtcNow());
        stage.Run(TimeSpan.FromMinutes(30));
        var confirm = stage.Posts("/confirm").ShouldHaveSingleItem();
        confirm.Token.ShouldStartWith($"worker.{watch["building"]!.GetValue<string>()[..15]}.");
        confirm.Body.ShouldContain("\"finding\":");

        watch["alarmedAt"] = JsonValue.Create(stage.Time.GetUtcNow());
        (stage with { Life = await stage.BeginAgain() }).Run(TimeSpan.FromMinutes(2));
        stage.Posts("/watches").Count().ShouldBe(wanted);
        stage.Posts("/confirm").Count().ShouldBe(2);
    });

    [Fact(DisplayName = "[DE20] party members and workers of the demo have households to visit in every community, each once, nobody more than twenty")]
    public void Linked()
    {
        var links = VisitTable.For(new TrafficWorld(DistrictFixture.View));
        links.Count.ShouldBe(116 * (VisitTable.PartyHouseholds + VisitTable.GeneralHouseholds));
        links.Select(link => (link.Kind, link.Building, link.Household)).ShouldBeUnique();
        links.Where(link => link.Kind == VisitKind.Party).CountBy(link => link.Visitor)
            .ShouldAllBe(member => member.Value <= VisitLink.HouseholdsMax);
        links.All(link => link.Kind == VisitKind.Party || DistrictFixture.View.Workers[link.Visitor].Grid == link.Grid)
            .ShouldBeTrue();
    }

    [Fact(DisplayName = "[DE20] households are linked once and visited over the month, by who may, until nothing is lacking")]
    public Task Visited() => Stage.PlayAsync(options => options.Speed = 100, _ => { }, async stage =>
    {
        stage.Run(TimeSpan.FromMinutes(1));
        var wanted = VisitTable.For(new TrafficWorld(DistrictFixture.Community)).Count;
        stage.Server.Links.Count.ShouldBe(wanted);
        (stage with { Life = await stage.BeginAgain() }).Run(TimeSpan.FromMinutes(1));
        stage.Posts("/visit-links").Count().ShouldBe(wanted);
        stage.Posts("/visit-links").ShouldAllBe(seen => seen.Token == $"lead.{seen.Path.Split('/')[4]}");

        var visits = stage.Server.Links.Sum(DoneOf);
        stage.Run(TimeSpan.FromHours(3));
        stage.Server.Links.Sum(DoneOf).ShouldBeGreaterThan(visits);
        stage.Server.Links.ShouldAllBe(link => DoneOf(link) <= 3);
        foreach (var seen in stage.Posts("/visits"))
        {
            var link = stage.Server.Links.Single(one => one["id"]!.GetValue<string>() == seen.Path.Split('/')[^2]);
            var grid = seen.Path.Split('/')[4];
            seen.Token.ShouldBe(
                link["kind"]!.GetValue<string>() == "Party" ? $"lead.{grid}" : $"worker.{grid}.{link["visitor"]}");
        }
    });

    private static int DoneOf(JsonObject link) => link["done"]!.GetValue<int>();
}
