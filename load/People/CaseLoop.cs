namespace GridMesh.Load.People;

/// <summary>The desks of one district that a case passes.</summary>
internal sealed record Desks(PeopleDistrict District, string Dispatcher, string Inspector, string Resident, string Lead)
{
    public static async Task<Desks> SignInAsync(PeopleDistrict district, MeshClient client) => new(
        district, await client.TokenAsync("dispatcher", district.Code),
        await client.TokenAsync("inspector", district.Code),
        await client.TokenAsync("resident", district.Code), await client.TokenAsync("lead", district.Code));
}

internal sealed record OpenCase(string Id, Desks Desks, Walker Owner);

/// <summary>Reports cases as workers do, and takes them through the closed loop.</summary>
internal sealed class CaseLoop(
    MeshClient client, IReadOnlyDictionary<string, Walker> walkers, IReadOnlyList<Desks> desks)
{
    private readonly string _run = Guid.NewGuid().ToString("N");
    private long _keys;

    public async Task<(Answer Answer, OpenCase? Case)> ReportAsync(Random random)
    {
        var desk = desks[random.Next(desks.Count)];
        var person = desk.District.Walkers[random.Next(desk.District.Walkers.Count)];
        var fitting = desk.District.Categories.Where(
            category => person.Lines.Count == 0 || person.Lines.Contains(category.Line)).ToArray();
        var (walker, category, key) = (walkers[person.Id], fitting[random.Next(fitting.Length)].Category, NextKey());
        var answer = await client.PostAsync(
            "incidents", walker.Token, new { category, description = $"people {key}", grid = person.Grid }, key);
        return (answer, answer.Made is { } id ? new OpenCase(id, desk, walker) : null);
    }

    /// <returns>The first answer that is no success, or the last one.</returns>
    public async Task<Answer> CloseAsync(OpenCase open)
    {
        var (desks, owner) = (open.Desks, open.Owner);
        Answer? answer = null;
        foreach (var (command, token, body, _) in LoopStep.Of(
            desks.Dispatcher, desks.Inspector, desks.Resident, owner.Token, owner.Person.Id))
        {
            answer = await client.PostAsync($"incidents/{open.Id}/{command}", token, body, NextKey());
            if (!answer.IsSuccess)
                break;
        }

        return answer!;
    }

    private string NextKey() => $"{_run}-{Interlocked.Increment(ref _keys)}";
}
