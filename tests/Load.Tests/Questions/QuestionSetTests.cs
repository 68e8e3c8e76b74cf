namespace GridMesh.Load.Tests.Questions;

public sealed class QuestionSetTests
{
    private const int Times = 50;

    [Fact(DisplayName = "[LO48] every kind of question is asked about what the store has: its areas, owners, categories and words")]
    public async Task Asks()
    {
        await using var product = await StartAsync(description: "东门外井盖响动");
        var terrain = await Terrain.ReadAsync(product.Client, "token", "450105", TestContext.Current.CancellationToken);
        var random = new Random(1);
        foreach (var set in (QuestionSet[])[QuestionSets.Search, QuestionSets.Kpis])
        {
            var questions = set.Of(terrain, new DateTimeOffset(2026, 11, 25, 0, 0, 0, TimeSpan.Zero));
            questions.Select(question => question.Name).Distinct().Count().ShouldBe(questions.Length);
            foreach (var path in questions.SelectMany(question => Enumerable.Repeat(question, Times))
                .Select(question => question.Path(random)))
            {
                Uri.IsWellFormedUriString(path, UriKind.Relative).ShouldBeTrue(path);
                path.ShouldMatch("^(incidents|kpis)\\?(area=450105|worker=W7|department=D-urban)");
            }
        }
        Enumerable.Range(0, Times).Select(_ => Uri.UnescapeDataString(terrain.Phrase(random)))
            .ShouldAllBe(phrase => phrase.Length >= 2 && phrase.Length <= 4 && "东门外井盖响动".Contains(phrase));
    }

    [Fact(DisplayName = "[LO48] a store without cases cannot be asked, and says so before it runs")]
    public async Task Empty()
    {
        await using var product = await StartAsync(description: null);
        var refusal = await Should.ThrowAsync<InvalidOperationException>(
            () => Terrain.ReadAsync(product.Client, "token", "450105", TestContext.Current.CancellationToken));
        refusal.Message.ShouldContain("--data");
    }

    private static Task<FakeProduct> StartAsync(string? description) => FakeProduct.StartAsync(api =>
    {
        api.MapGet(
            "areas.geojson",
            () => Results.Ok(new { features = new[] { Grid("450105001001001"), Grid("450105002001001") } }));
        api.MapGet("categories", () => Results.Ok(new[] { new { code = "cover", line = "Emergency" } }));
        api.MapGet("incidents", () => Results.Ok(new
        {
            items = description is null
                ? []
                : new[] { Item("450105001001001-261125-0001", "W7", description),
                    Item("450105001001001-261125-0002", "D-urban", description) },
        }));
    });

    private static object Grid(string code) => new
    {
        properties = new { code },
        geometry =
            new { type = "Polygon", coordinates = new double[][][] { [[108, 22], [109, 22], [109, 23], [108, 22]] } },
    };

    private static object Item(string id, string owner, string description) =>
        new { id, owner, category = "cover", description };
}
