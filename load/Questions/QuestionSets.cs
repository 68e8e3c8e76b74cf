using static GridMesh.Load.Questions.Terrain;

namespace GridMesh.Load.Questions;

/// <param name="Path">Below <c>/api/v1/</c>.</param>
internal sealed record Question(string Name, Func<Random, string> Path);

/// <summary>What is asked, and how quick the slowest of a hundred has to be.</summary>
internal sealed record QuestionSet(string Name, Threshold IsQuick, Func<Terrain, DateTimeOffset, Question[]> Of);

internal static class QuestionSets
{
    public static readonly QuestionSet Search =
        new("search", Threshold.P99(belowMs: 100), Searches);

    public static readonly QuestionSet Kpis = new("kpis", Threshold.P99(belowMs: 20), Indices);

    private static Question[] Searches(Terrain terrain, DateTimeOffset now) =>
    [
        new("area", random => $"incidents?area={AnyArea(terrain, random)}"),
        new("open", random => $"incidents?area={Pick(terrain.Towns, random)}&step=Handling"),
        new("overdue", random => $"incidents?area={terrain.District}&overdue=true"),
        new("line", random => $"incidents?area={Pick(terrain.Communities, random)}&line={Line(random)}"),
        new("category", random => $"incidents?area={terrain.District}&category={Pick(terrain.Categories, random)}"),
        new("owner", random => $"incidents?area={terrain.District}&owner={Pick(terrain.Owners, random)}"),
        new("time", random => Span(terrain, random, now)),
        new("text", random => $"incidents?area={AnyArea(terrain, random)}&q={terrain.Phrase(random)}"),
        new("text and category", random => $"incidents?area={terrain.District}"
            + $"&category={Pick(terrain.Categories, random)}&q={terrain.Phrase(random)}"),
        new("text that nothing has",
            random => $"incidents?area={terrain.District}&q={AnyLetter(random)}{AnyLetter(random)}"),
        new("number", random => $"incidents?area={terrain.District}&q={Pick(terrain.Numbers, random)}"),
    ];

    private static Question[] Indices(Terrain terrain, DateTimeOffset now) =>
    [
        new("hours of a day", random => $"kpis?area={AnyArea(terrain, random)}&by=hour"),
        new("days of a month", random => $"kpis?area={AnyArea(terrain, random)}&by=day"),
        new("days of a year",
            random => $"kpis?area={terrain.District}&by=day&from={Text(now.AddDays(-365))}&to={Text(now)}"),
        new("months of a year", random => $"kpis?area={AnyArea(terrain, random)}&by=month"),
        new("owner", random => Owner(terrain, random)),
        new("post", random => $"kpis?area={Pick(terrain.Towns, random)}&post=Worker&by=month"),
    ];

    private static string AnyArea(Terrain terrain, Random random) => random.Next(4) switch
    {
        0 => terrain.District,
        1 => Pick(terrain.Towns, random),
        2 => Pick(terrain.Communities, random),
        _ => Pick(terrain.Grids, random),
    };

    private static string AnyLetter(Random random) => Uri.EscapeDataString($"{(char)random.Next(0x4E00, 0x9FA5)}");

    private static string Line(Random random) => random.Next(2) == 0 ? "UrbanManagement" : "Emergency";

    private static string Span(Terrain terrain, Random random, DateTimeOffset now)
    {
        var from = now.AddDays(-random.Next(1, 360));
        return $"incidents?area={AnyArea(terrain, random)}&from={Text(from)}&to={Text(from.AddDays(1))}";
    }

    /// <summary>Ids of departments begin with D-, those of workers with the letter of what they are.</summary>
    private static string Owner(Terrain terrain, Random random)
    {
        var owner = Pick(terrain.Owners, random);
        return owner.StartsWith("D-", StringComparison.Ordinal)
            ? $"kpis?department={owner}&by=month"
            : $"kpis?worker={owner}&by=month";
    }

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ");
}
