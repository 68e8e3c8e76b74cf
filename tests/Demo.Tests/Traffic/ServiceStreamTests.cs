using System.Text.Json;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Json;
using GridMesh.Contracts.Services;
using GridMesh.Demo.Traffic;

namespace GridMesh.Demo.Tests.Traffic;

public sealed class ServiceStreamTests
{
    private static readonly ServiceAsk s_ask =
        new("pension-check", ServiceMode.AtHome, "某人", "00012345600", "某处", null);

    [Fact(DisplayName = "[DE26] what happens to a service of the demo fits its state, and nobody acts for an asker who is not of the demo")]
    public void Fits()
    {
        var random = new Random(1);
        ServiceAction[] Drawn(ServiceState state, ServiceAsk? ask, bool wasMissing = false) =>
        [
            .. Enumerable.Range(0, 500)
                .Select(
                    _ =>
                        ServiceLife.Next(
                            new OpenService(
                                "S", AreaCode.Parse("450105001001001"), ask) { State = state, WasMissing = wasMissing },
                                    random))
                .Where(move => move is not null).Select(move => move!.Value.Action).Distinct().Order(),
        ];

        Drawn(ServiceState.Asked, s_ask)
            .ShouldBe([ServiceAction.Take, ServiceAction.Assign, ServiceAction.Decline, ServiceAction.Withdraw]);
        Drawn(ServiceState.Asked, null).ShouldBe([ServiceAction.Take, ServiceAction.Assign, ServiceAction.Decline]);
        Drawn(ServiceState.Taken, s_ask).ShouldBe([ServiceAction.NeedDocuments, ServiceAction.Finish]);
        Drawn(ServiceState.Taken, s_ask, wasMissing: true).ShouldBe([ServiceAction.Finish]);
        Drawn(ServiceState.DocumentsNeeded, s_ask).ShouldBe([ServiceAction.DocumentsCame]);
        Drawn(ServiceState.Done, s_ask).ShouldBe([ServiceAction.Rate]);
        Drawn(ServiceState.Done, s_ask with { Phone = "00012345690" }).ShouldBeEmpty();
        Drawn(ServiceState.Done, null).ShouldBeEmpty();
        foreach (var over in new[] { ServiceState.Rated, ServiceState.Declined, ServiceState.Withdrawn })
            Drawn(over, s_ask).ShouldBeEmpty();
    }

    [Fact(DisplayName = "[DE26] who asks for a service is known again from the list, and another's is nobody's of the demo")]
    public void Known_again()
    {
        ServiceAsk? Of(string phone, string? address)
        {
            using var item = JsonDocument.Parse(JsonSerializer.Serialize(
                new ServiceAsk("school-place", ServiceMode.ForYou, "某人", phone, address, null), MeshJson.Options)
                    .Replace("\"text\"", "\"note\""));
            return ServiceAsk.Read(item.RootElement);
        }

        Of("00012345678", null).ShouldBe(
            new ServiceAsk("school-place", ServiceMode.ForYou, "某人", "00012345678", null, null));
        Of("00012345678", "某处")!.Address.ShouldBe("某处");
        Of("13912345678", null).ShouldBeNull();
        var drawn = Enumerable.Range(0, 1_000).Select(seed => ServiceAsk.Draw(new Random(seed))).ToArray();
        drawn.ShouldAllBe(
            ask => ask.Phone.Length == 11 && ask.Phone.StartsWith("000")
            && (ask.Mode == ServiceMode.AtHome) == (ask.Address != null));
    }

    [Fact(DisplayName = "[DE26] most ask by the code of their grid without a token, are served by its people and rate; after a restart they go on, and no asker asks anew")]
    public Task Lives() => Stage.PlayAsync(options => options.Speed = 5_000, _ => { }, async stage =>
    {
        stage.Run(TimeSpan.FromMinutes(40));
        var services = stage.Server.Services;
        var asks = stage.Posts("/api/v1/services").ToArray();
        asks.Length.ShouldBeGreaterThan(30);
        asks.Count(seen => seen.Token == "" && seen.Body.Contains("\"code\":\"1.service."))
            .ShouldBeInRange(asks.Length / 2, asks.Length - 1);
        asks.Where(seen => seen.Token != "").ShouldAllBe(seen => seen.Token.StartsWith("resident."));
        asks.ShouldAllBe(seen => seen.Body.Contains("\"phone\":\"000"));
        asks.Select(seen => seen.Key).ShouldBeUnique();
        var moves = stage.Server.Requests.Where(seen => seen.Path.StartsWith("/api/v1/services/")).ToArray();
        moves.Select(seen => seen.Key).ShouldBeUnique();
        moves.Where(seen => seen.Path.EndsWith("/take") || seen.Path.EndsWith("/finish"))
            .ShouldAllBe(seen => seen.Token.StartsWith($"worker.{seen.Path.Split('/')[4].Substring(0, 15)}."));
        moves.Where(seen => seen.Path.EndsWith("/assign")).ShouldAllBe(seen => seen.Token.StartsWith("lead."));
        moves.Where(seen => seen.Path.EndsWith("/rate") || seen.Path.EndsWith("/withdraw"))
            .ShouldAllBe(seen => seen.Token == "");
        services.Count("Rated").ShouldBeInRange(services.All.Count / 4, services.All.Count);
        moves.Length.ShouldBe(moves.Select(seen => (seen.Path, seen.Body)).Distinct().Count(), "nothing is done twice");

        var known = services.All.ToArray();
        for (var i = 0; i < known.Length; i++)
            known[i]["state"] = i % 2 == 0 ? "Taken" : "Done";
        (stage with { Life = await stage.BeginAgain() }).Run(TimeSpan.FromMinutes(1));
        known.Select(one => one["state"]!.GetValue<string>()).Distinct().ShouldBe(["Done", "Rated"], ignoreOrder: true);
        foreach (var half in known.Chunk(2).SelectMany(pair => pair.Index()).GroupBy(one => one.Index, one => one.Item))
            half.Count(one => one["state"]!.GetValue<string>() == "Rated").ShouldBeGreaterThan(half.Count() / 3);
        var again = stage.Posts("/api/v1/services").GroupBy(seen => seen.Key).Where(group => group.Count() > 1)
            .ToArray();
        again.ShouldAllBe(group => group.Select(seen => $"{seen.Token} {seen.Body}").Distinct().Count() == 1);
        again.Count(group => group.First().Token == "").ShouldBeGreaterThan(again.Length / 3);
        services.All.Count.ShouldBe(stage.Posts("/api/v1/services").Select(seen => seen.Key).Distinct().Count());
    });
}
