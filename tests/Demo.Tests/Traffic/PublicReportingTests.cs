using System.Net;
using GridMesh.Contracts.Clocks;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Demo.Photos;
using GridMesh.Demo.Traffic;
using GridMesh.Demo.World;
using SkiaSharp;

namespace GridMesh.Demo.Tests.Traffic;

public sealed class PublicReportingTests
{
    private const string Case = "450105001001001-261124-9001";

    [Fact(DisplayName = "[DE21] the demo's photos are valid pictures, the same bytes for the same scene, and what lay about is gone afterwards")]
    public void Pictures()
    {
        var hashes = new HashSet<string>();
        for (var scene = 0; scene < DemoPicture.Scenes; scene++)
        {
            foreach (var isAfter in (bool[])[false, true])
            {
                var bytes = DemoPicture.Make(scene, isAfter);
                bytes.ShouldBe(DemoPicture.Make(scene, isAfter));
                bytes.Length.ShouldBeLessThan(5_000);
                using var picture = SKCodec.Create(new MemoryStream(bytes));
                (picture.Info.Width, picture.Info.Height, picture.EncodedFormat)
                    .ShouldBe((DemoPicture.Width, DemoPicture.Height, SKEncodedImageFormat.Png));
                picture.GetPixels(out _).ShouldBe(SKCodecResult.Success);
                hashes.Add(Convert.ToHexString(bytes));
            }
        }

        hashes.Count.ShouldBe(2 * DemoPicture.Scenes);
    }

    [Fact(DisplayName = "[DE21] some reports have a photo of before, by who reports, and some resolved cases one of after, by their owner")]
    public Task Photos() =>
        Stage.PlayAsync(options => (options.CasesPerDay, options.Speed) = (100_000, 20), _ => { }, stage =>
    {
        stage.Run(TimeSpan.FromMinutes(40));
        var photos = stage.Posts("/evidence").ToArray();
        var before = photos.Count(seen => seen.Query == "?kind=Before");
        before.ShouldBeInRange(1, stage.Posts("/incidents").Count() / 2);
        var after = photos.Where(seen => seen.Query == "?kind=After").ToArray();
        after.Length.ShouldBeInRange(1, stage.Posts("/resolve").Count() / 2);
        after.ShouldAllBe(seen => seen.Token.StartsWith("worker."));
        return Task.CompletedTask;
    });

    [Fact(DisplayName = "[DE22] residents report partly by Open311, the hotline's reports come as orders, some are reminded of; all of them are driven on")]
    public Task Ways() =>
        Stage.PlayAsync(options => (options.CasesPerDay, options.Speed) = (100_000, 20), _ => { }, stage =>
    {
        stage.Run(TimeSpan.FromMinutes(40));
        var (tokens, app, orders) = (
            stage.Posts("/api/v1/incidents").Count(), stage.Posts("/requests.json").ToArray(),
            stage.Posts("/hotline/orders").ToArray());
        var all = tokens + app.Length + orders.Length;
        app.Length.ShouldBeInRange(all / 20, all / 5);
        orders.Length.ShouldBeInRange(all / 20, all / 4);
        app.ShouldAllBe(
            seen => seen.Token == "" && seen.Body.Contains("api_key=development-open311")
            && seen.Body.Contains("service_code="));
        orders.ShouldAllBe(seen => seen.Token == "" && seen.Body.Contains("\"kind\":\""));
        app.Concat(orders).Select(seen => seen.Key).ShouldBeUnique();
        var reminders = stage.Posts("/reminders").ToArray();
        reminders.Length.ShouldBeInRange(1, orders.Length / 3);
        reminders.Select(seen => seen.Path).ShouldBeUnique();
        reminders.All(seen => orders.Any(order => order.Body.Contains($"\"{seen.Path.Split('/')[^2]}\"")))
            .ShouldBeTrue();
        stage.Server.Requests.Where(seen => seen.Method == "POST" && seen.Path.StartsWith("/api/v1/incidents/"))
            .Select(seen => seen.Path.Split('/')[4]).Distinct().Count().ShouldBeGreaterThan(tokens);
        return Task.CompletedTask;
    });

    [Fact(DisplayName = "[DE22] where the API has other keys than those of Development everything is reported with tokens")]
    public Task Other_keys() => Stage.PlayAsync(
        options => (options.CasesPerDay, options.Speed) = (100_000, 20),
        server => server.Trouble = seen => seen.Path.StartsWith("/open311") ? HttpStatusCode.Forbidden
            : seen.Path.StartsWith("/api/v1/hotline") ? HttpStatusCode.Unauthorized : null,
        stage =>
        {
            stage.Run(TimeSpan.FromMinutes(10));
            stage.Posts("/requests.json").ShouldHaveSingleItem();
            stage.Posts("/hotline/orders").ShouldHaveSingleItem();
            stage.Posts("/api/v1/incidents").Count().ShouldBeGreaterThan(100);
            return Task.CompletedTask;
        });

    [Fact(DisplayName = "[DE23] what two people tell of is looked for nearby and merged into the case that was there; where none is it goes its way")]
    public Task Merged() =>
        Stage.PlayAsync(options => (options.CasesPerDay, options.Speed) = (100_000, 20), _ => { }, stage =>
    {
        stage.Run(TimeSpan.FromMinutes(10));
        stage.Server.Requests.Count(seen => seen.Path.EndsWith("/similar")).ShouldBeGreaterThan(0);
        stage.Posts("/merge").ShouldBeEmpty();
        stage.Server.AddCase(Case, "Handling", "L450105001001001");
        stage.Server.Similar.Add(Case);
        var asked = stage.Server.Requests.Count(seen => seen.Path.EndsWith("/similar"));
        stage.Run(TimeSpan.FromMinutes(20));
        var merges = stage.Posts("/merge").ToArray();
        merges.Length.ShouldBeGreaterThan(0);
        merges.Length.ShouldBe(stage.Server.Requests.Count(seen => seen.Path.EndsWith("/similar")) - asked);
        merges.ShouldAllBe(seen => seen.Token == "dispatcher.450105001" && seen.Body.Contains(Case));
        var reports = stage.Posts("/api/v1/incidents").Count();
        merges.Length.ShouldBeLessThan(reports / 5);
        return Task.CompletedTask;
    });

    [Fact(DisplayName = "[DE24] a department that was called checks in; who was late appeals, and two different reviewers decide")]
    public void Called_and_appealed()
    {
        var random = new Random(1);
        var moves = new CaseMoves(new TrafficWorld(DistrictFixture.View), random, TimeProvider.System);
        var open = new OpenCase(
            Case, AreaCode.Parse(Case[..15]), Step.Handling, 3, "litter", Severity.Normal, Line.UrbanManagement,
            Source.Resident, "L450105001001001");
        var summon = moves.Make(open, CaseAction.Summon)!;
        (summon.Who.Role, summon.Name).ShouldBe(("dispatcher", "summon"));
        var department = System.Text.Json.JsonDocument.Parse(summon.Body).RootElement.GetProperty("departments")[0]
            .GetString();
        var awaited = open with { Awaited = department, IsMarked = true };
        CaseLife.Next(awaited, random)!.Value.Action.ShouldBe(CaseAction.CheckIn);
        moves.Make(awaited, CaseAction.CheckIn)!.Who.Worker.ShouldBe(department);

        CaseAction?[] Of(OpenCase closed) =>
            [.. Enumerable.Range(0, 300).Select(_ => CaseLife.Next(closed, random)?.Action).Distinct()];
        var closed = open with { Step = Step.Closed, WasLate = true, IsMarked = true };
        Of(closed).ShouldContain(CaseAction.Appeal);
        Of(closed with { WasLate = false }).ShouldNotContain(CaseAction.Appeal);
        moves.Make(closed, CaseAction.Appeal)!.Who.Worker.ShouldBe("L450105001001001");
        Of(closed with { Appeal = AppealState.Asked })
            .ShouldBe([CaseAction.Review, CaseAction.RefuseAppeal], ignoreOrder: true);
        var first = moves.Make(closed with { Appeal = AppealState.Asked }, CaseAction.Review)!;
        var second = moves.Make(closed with { Appeal = AppealState.GrantedOnce }, CaseAction.Review)!;
        (first.Name, second.Name).ShouldBe(("review", "review"));
        first.Who.ShouldNotBe(second.Who);
        Of(closed with { Appeal = AppealState.Refused }).ShouldNotContain(CaseAction.Review);
    }

    [Fact(DisplayName = "[DE25] a dispute has its parties named and one to three sessions before it is resolved, most of them agreed")]
    public void Disputes_are_mediated()
    {
        var random = new Random(1);
        var moves = new CaseMoves(new TrafficWorld(DistrictFixture.View), random, TimeProvider.System);
        var dispute = new OpenCase(
            Case, AreaCode.Parse(Case[..15]), Step.Handling, 3, "noise-dispute", Severity.Normal, Line.Petitions,
            Source.Resident, "L450105001001001");
        var ends = new List<string>();
        for (var i = 0; i < 200; i++)
        {
            CaseLife.Next(dispute, random)!.Value.Action.ShouldBe(CaseAction.NameParties);
            var named = moves.Make(dispute, CaseAction.NameParties)!;
            (named.Who.Worker, named.Name).ShouldBe(("L450105001001001", "parties"));
            using var parties = System.Text.Json.JsonDocument.Parse(named.Body);
            parties.RootElement.GetProperty("parties").GetArrayLength().ShouldBeInRange(2, 4);

            var outcome = nameof(MediationOutcome.Adjourned);
            var held = 0;
            for (; outcome == nameof(MediationOutcome.Adjourned); held++)
            {
                var open = dispute with { HasParties = true, IsMediated = true, Sessions = held };
                CaseLife.Next(open, random)!.Value.Action.ShouldBe(CaseAction.Mediate);
                using var body = System.Text.Json.JsonDocument.Parse(moves.Make(open, CaseAction.Mediate)!.Body);
                outcome = body.RootElement.GetProperty("outcome").GetString()!;
                (body.RootElement.GetProperty("agreement").GetString() is not null)
                    .ShouldBe(outcome == nameof(MediationOutcome.Agreed));
            }

            held.ShouldBeInRange(1, CaseMoves.SessionsMax);
            ends.Add(outcome);
        }

        ends.Count(end => end == nameof(MediationOutcome.Agreed)).ShouldBeInRange(140, 199);
        ends.Distinct().Count().ShouldBe(3);
        var over = dispute with { HasParties = true, Sessions = 1, IsMarked = true };
        CaseLife.Next(over, random)!.Value.Action.ShouldBe(CaseAction.Resolve);
    }

    [Fact(DisplayName = "[DE25] how far a mediation is, is read from the case")]
    public void Mediation_is_read()
    {
        OpenCase Read(string mediation)
        {
            using var json = System.Text.Json.JsonDocument.Parse(
                $$"""{"id":"{{Case}}","grid":"{{Case[..15]}}","step":"Handling","version":3,"category":"noise-dispute","severity":"Normal","line":"Petitions","source":"Resident"{{mediation}}}""");
            return OpenCase.Read(json.RootElement);
        }

        (bool, int, bool) Of(string mediation) => Read(mediation) is var open
            ? (open.HasParties, open.Sessions, open.IsMediated) : default;
        Of("").ShouldBe((false, 0, false));
        Of(""","mediation":{"parties":[],"sessions":[],"namings":1}""").ShouldBe((true, 0, true));
        Of(""","mediation":{"parties":[],"sessions":[{"outcome":"Adjourned"}],"namings":1}""")
            .ShouldBe((true, 1, true));
        Of(""","mediation":{"parties":[],"sessions":[{"outcome":"Adjourned"},{"outcome":"Agreed"}],"namings":1}""")
            .ShouldBe((true, 2, false));
    }

    [Fact(DisplayName = "[DE25] after a restart a mediation goes on where it was: its parties are named once, and it is resolved after its last session")]
    public Task Mediation_goes_on() => Stage.PlayAsync(
        options => options.Speed = 100, server => server.AddCase(Case, "Handling", "L450105001001001", "noise-dispute"),
        async stage =>
        {
            foreach (var what in (string[])["/parties", "/mediations", "/resolve"])
            {
                for (var seconds = 0; seconds < 900 && !stage.Posts(what).Any(); seconds++)
                    stage.Run(TimeSpan.FromSeconds(1));
                stage.Posts(what).ShouldNotBeEmpty(what);
                stage = stage with { Life = await stage.BeginAgain() };
            }

            stage.Posts("/parties").ShouldHaveSingleItem();
            var outcomes = stage.Posts("/mediations")
                .Select(seen => seen.Body.Contains(nameof(MediationOutcome.Adjourned))).ToArray();
            outcomes.Length.ShouldBeInRange(1, CaseMoves.SessionsMax);
            outcomes.SkipLast(1).ShouldAllBe(isAdjourned => isAdjourned);
            outcomes[^1].ShouldBeFalse();
        });

    [Fact(DisplayName = "[DE24] whoever ends a shift hands over to a colleague of the grid on duty; where that one may not the shift ends without")]
    public Task Handed_over() =>
        Stage.PlayAsync(_ => { }, server => server.AddCase(Case, "Handling", "L450105001001001"), stage =>
    {
        stage.Run(TimeSpan.FromMinutes(1));
        var onDuty = stage.Posts("/shift").Where(seen => seen.Body.Contains("true")).Select(WorkerOf).ToHashSet();
        onDuty.ShouldNotBeEmpty();
        string? refused = null;
        stage.Server.Handed = Case;
        stage.Server.Trouble = seen => seen.Body.Contains("handTo") && (refused ??= WorkerOf(seen)) == WorkerOf(seen)
            ? HttpStatusCode.Conflict : null;

        // Most shifts end at six; the case is due for its next move by then.
        var china = ChinaTime.Local(stage.Time.GetUtcNow());
        stage.Time.Advance(china.Date.AddHours(china.Hour < 18 ? 18.1 : 42.1) - china);
        stage.Run(TimeSpan.FromMinutes(1));
        var ends = stage.Posts("/shift").Where(seen => seen.Body.Contains("false")).ToArray();
        var handing = ends.Where(seen => seen.Body.Contains("handTo")).ToArray();
        handing.Length.ShouldBeGreaterThan(1);
        foreach (var seen in handing)
        {
            using var body = System.Text.Json.JsonDocument.Parse(seen.Body);
            var to = body.RootElement.GetProperty("handTo").GetString()!;
            to.ShouldNotBe(WorkerOf(seen));
            DistrictFixture.View.Workers[to].Grid.ShouldBe(DistrictFixture.View.Workers[WorkerOf(seen)].Grid);
        }

        ends.Where(seen => WorkerOf(seen) == refused).Select(seen => seen.Body.Contains("handTo"))
            .ShouldBe([true, false]);
        stage.Server.Requests.Count(seen => seen.Method == "GET" && seen.Path.EndsWith(Case)).ShouldBeGreaterThan(0);
        return Task.CompletedTask;

        static string WorkerOf(Seen seen) => seen.Path.Split('/')[4];
    });
}
