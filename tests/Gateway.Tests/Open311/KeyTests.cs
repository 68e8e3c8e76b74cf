using System.Net;
using GridMesh.Gateway.Open311;
using GridMesh.Gateway.Plumbing.Keys;
using GridMesh.Product.Fixture;
using Microsoft.Extensions.Time.Testing;

namespace GridMesh.Gateway.Tests.Open311;

public sealed class KeyTests(Product product)
{
    private const string Plain = "a-key-of-sixteen-or-more";

    [Theory(DisplayName = "[OP8] a missing or unknown key is refused with 403, in either format")]
    [InlineData("", null)]
    [InlineData("", "wrong-key-wrong-key")]
    [InlineData(".xml", "wrong-key-wrong-key")]
    public async Task BadKey(string format, string? key)
    {
        var answer = await product.App.Http.PostAsync(format, Open311Words.Report(("api_key", key)));
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("api_key: is missing or not known here");
    }

    [Fact(DisplayName = "[OP8] a configured key, plain or by its hash, reports within its area; the key of Development is gone then")]
    public async Task Configured()
    {
        await using var app = await MeshApp.StartAsync(services: MeshApp.StandStill, settings:
        [
            "--GridMesh:Open311:Keys:0:Name=city", $"--GridMesh:Open311:Keys:0:Key={Plain}",
            $"--GridMesh:Open311:Keys:0:Area={SmallDistrict.Town}",
            "--GridMesh:Open311:Keys:1:Name=app",
            $"--GridMesh:Open311:Keys:1:Sha256={Convert.ToHexString(ApiKeyOptions.HashOf("another-key-of-mine"))}",
            $"--GridMesh:Open311:Keys:1:Area={SmallDistrict.Code}", "--GridMesh:Open311:Keys:1:PerDay=2",
        ]);
        (await app.Http.PostAsync("", Open311Words.Report())).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await app.Http.PostAsync("", Open311Words.Report(("api_key", Plain)))).StatusCode.ShouldBe(
            HttpStatusCode.Created);
        var far = await app.Http.PostAsync("", Open311Words.Report(
            ("api_key", Plain), ("lat", null), ("long", null), ("address_id", SmallDistrict.FarGrid)));
        far.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await far.JsonAsync())[0].Text("description").ShouldContain(SmallDistrict.Town);

        for (var i = 0; i < 2; i++)
            (await app.Http.PostAsync("", Open311Words.Report(("api_key", "another-key-of-mine")))).StatusCode.ShouldBe(
                HttpStatusCode.Created);

        var third = await app.Http.PostAsync("", Open311Words.Report(("api_key", "another-key-of-mine")));
        third.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await third.JsonAsync())[0].GetProperty("code").GetInt32().ShouldBe(429);
    }

    [Fact(DisplayName = "[OP8] a key has its requests a second and its requests a day in China, each key for itself")]
    public void Meters()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero));
        var keys = new ApiKeys(
            [
                new ApiKeyOptions { Name = "one", Key = Plain, Area = "450105", PerSecond = 2, PerDay = 3 },
                new ApiKeyOptions { Name = "two", Key = Plain + "2", Area = "450105", PerSecond = 2, PerDay = 3 },
            ],
            null, time);
        KeyVerdict Take(string key) => keys.Admit(key).Verdict;
        (Take(Plain), Take(Plain), Take(Plain))
            .ShouldBe((KeyVerdict.Admitted, KeyVerdict.Admitted, KeyVerdict.TooOften));
        Take(Plain + "2").ShouldBe(KeyVerdict.Admitted);
        time.Advance(TimeSpan.FromSeconds(1));
        (Take(Plain), Take(Plain)).ShouldBe((KeyVerdict.Admitted, KeyVerdict.TooOften));
        time.Advance(TimeSpan.FromHours(7));
        Take(Plain).ShouldBe(KeyVerdict.TooOften);

        // 16:00 UTC is midnight in China.
        time.Advance(TimeSpan.FromHours(1));
        Take(Plain).ShouldBe(KeyVerdict.Admitted);
        (Take(""), Take(new string('x', 1_000)), Take(Plain[..^1]))
            .ShouldBe((KeyVerdict.Unknown, KeyVerdict.Unknown, KeyVerdict.Unknown));
    }

    [Fact(DisplayName = "[OP8] wrong keys stop the start, every problem by its place")]
    public void Problems()
    {
        new Open311Options { Keys = [new ApiKeyOptions { Name = "a", Key = Plain, Area = "450105" }] }.Problems()
            .ShouldBeEmpty();
        string[] problems = [.. new Open311Options
        {
            Keys =
            [
                new ApiKeyOptions { Name = "a b", Key = "short", Area = "45010" },
                new ApiKeyOptions { Name = "c", Key = Plain, Sha256 = new string('0', 64), Area = "450105",
                    PerSecond = 0 },
                new ApiKeyOptions { Name = "c", Sha256 = "zz", Area = "450105", PerDay = 0 },
            ],
            PublicLines = ["Gossip"],
            PublicUrl = new Uri("ftp://x"),
        }.Problems()];
        foreach (var expected in new[]
        {
            "Keys:0:Name", "Keys:0:Key has", "Keys:0:Area", "Keys:1:Key or Sha256", "Keys:1:PerSecond", "Keys:2:Sha256",
            "Keys:2:PerDay",
            "more than once", "PublicLines names 'Gossip'", "PublicUrl",
        })
        {
            problems.ShouldContain(problem => problem.Contains(expected), expected);
        }
    }
}
