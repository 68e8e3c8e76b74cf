using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Services;
using GridMesh.Demo.Traffic;

namespace GridMesh.Demo.Tests.Traffic;

public sealed class ServiceStreamTests
{
    [Fact(DisplayName = "[DE26] what happens to a service of the demo fits its state, and nobody acts for an asker whose token is gone")]
    public void Fits()
    {
        var random = new Random(1);
        ServiceAction[] Drawn(ServiceState state, string? token = "t", bool wasMissing = false) =>
        [
            .. Enumerable.Range(0, 500)
                .Select(_ => ServiceLife.Next(new OpenService("S", AreaCode.Parse("450105001001001"), token) { State = state, WasMissing = wasMissing }, random))
                .Where(move => move is not null).Select(move => move!.Value.Action).Distinct().Order(),
        ];

        Drawn(ServiceState.Asked).ShouldBe([ServiceAction.Take, ServiceAction.Assign, ServiceAction.Decline, ServiceAction.Withdraw]);
        Drawn(ServiceState.Asked, token: null).ShouldBe([ServiceAction.Take, ServiceAction.Assign, ServiceAction.Decline]);
        Drawn(ServiceState.Taken).ShouldBe([ServiceAction.NeedDocuments, ServiceAction.Finish]);
        Drawn(ServiceState.Taken, wasMissing: true).ShouldBe([ServiceAction.Finish]);
        Drawn(ServiceState.DocumentsNeeded).ShouldBe([ServiceAction.DocumentsCame]);
        Drawn(ServiceState.Done).ShouldBe([ServiceAction.Rate]);
        Drawn(ServiceState.Done, token: null).ShouldBeEmpty();
        foreach (var over in new[] { ServiceState.Rated, ServiceState.Declined, ServiceState.Withdrawn })
            Drawn(over).ShouldBeEmpty();
    }

    [Fact(DisplayName = "[DE26] most ask by the code of their grid without a token, are served by its people and rate; after a restart what is open goes on")]
    public Task Lives() => Stage.PlayAsync(options => options.Speed = 5_000, _ => { }, async stage =>
    {
        stage.Run(TimeSpan.FromMinutes(40));
        var services = stage.Server.Services;
        var asks = stage.Posts("/api/v1/services").ToArray();
        asks.Length.ShouldBeGreaterThan(30);
        asks.Count(seen => seen.Token == "" && seen.Body.Contains("\"code\":\"1.service.")).ShouldBeInRange(asks.Length / 2, asks.Length - 1);
        asks.Where(seen => seen.Token != "").ShouldAllBe(seen => seen.Token.StartsWith("resident."));
        asks.ShouldAllBe(seen => seen.Body.Contains("\"phone\":\"000-"));
        asks.Select(seen => seen.Key).ShouldBeUnique();
        var moves = stage.Server.Requests.Where(seen => seen.Path.StartsWith("/api/v1/services/")).ToArray();
        moves.Select(seen => seen.Key).ShouldBeUnique();
        moves.Where(seen => seen.Path.EndsWith("/take") || seen.Path.EndsWith("/finish"))
            .ShouldAllBe(seen => seen.Token.StartsWith($"worker.{seen.Path.Split('/')[4].Substring(0, 15)}."));
        moves.Where(seen => seen.Path.EndsWith("/assign")).ShouldAllBe(seen => seen.Token.StartsWith("lead."));
        moves.Where(seen => seen.Path.EndsWith("/rate") || seen.Path.EndsWith("/withdraw")).ShouldAllBe(seen => seen.Token == "");
        services.Count("Rated").ShouldBeInRange(services.All.Count / 4, services.All.Count);
        moves.Length.ShouldBe(moves.Select(seen => (seen.Path, seen.Body)).Distinct().Count(), "nothing is done twice");

        var known = services.All.Select(one => one["id"]!.GetValue<string>()).ToHashSet();
        foreach (var one in services.All)
            one["state"] = "Taken";
        var rated = stage.Posts("/rate").Count();
        (stage with { Life = await stage.BeginAgain() }).Run(TimeSpan.FromMinutes(1));
        services.All.Take(asks.Length).ShouldAllBe(one => one["state"]!.GetValue<string>() == "Done");
        stage.Posts("/rate").Count(seen => known.Contains(seen.Path.Split('/')[4])).ShouldBe(rated);
    });
}
