namespace GridMesh.Load.Questions;

/// <summary>What there is to ask about: areas of each tier, and what cases of the store look like.</summary>
internal sealed class Terrain
{
    private const int CasesMax = 200;
    private const int CommunityDigits = 12;
    private const int PhraseLength = 4;

    private Terrain(District district, JsonElement[] cases)
    {
        District = district.Code;
        Grids = [.. district.Grids.Select(grid => grid.Code)];
        Communities = [.. Grids.Select(grid => grid[..CommunityDigits]).Distinct()];
        Towns = [.. district.Towns];
        Numbers = Values(cases, "id");
        Owners = Values(cases, "owner");
        Categories = Values(cases, "category");
        Phrases = [.. Values(cases, "description").Where(text => text.Length >= PhraseLength)];
    }

    public string District { get; }
    public string[] Towns { get; }
    public string[] Communities { get; }
    public string[] Grids { get; }
    public string[] Numbers { get; }
    public string[] Owners { get; }
    public string[] Categories { get; }
    private string[] Phrases { get; }

    public static async Task<Terrain> ReadAsync(
        MeshClient client, string token, string district, CancellationToken cancellation)
    {
        var found = await Districts.District.LoadAsync(client, district, token);
        var cases = new List<JsonElement>();
        foreach (var town in found.Towns)
        {
            var page = (await client.GetAsync($"incidents?area={town}&limit={CasesMax}", token, cancellation))
                .Expect("cases");
            cases.AddRange(page.GetProperty("items").EnumerateArray());
        }

        return cases.Count > 0
            ? new Terrain(found, [.. cases])
            : throw new InvalidOperationException(
                "the store has no cases; fill one with 'seed' and name it with --data");
    }

    /// <summary>A part of a description, of two letters to four, as a query may hold it.</summary>
    public string Phrase(Random random)
    {
        var text = Phrases[random.Next(Phrases.Length)];
        var length = random.Next(2, PhraseLength + 1);
        return Uri.EscapeDataString(text.AsSpan(random.Next(text.Length - length + 1), length));
    }

    /// <summary>One of these, as a query may hold it.</summary>
    public static string Pick(string[] values, Random random) =>
        Uri.EscapeDataString(values[random.Next(values.Length)]);

    private static string[] Values(JsonElement[] cases, string name) =>
    [
        .. cases.Where(one => one.GetProperty(name).ValueKind == JsonValueKind.String)
            .Select(one => one.GetProperty(name).GetString()!).Distinct(),
    ];
}
