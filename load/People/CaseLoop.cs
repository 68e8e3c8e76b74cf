using System.Text.Json;
using GridMesh.Load.Clients.Lanes;

namespace GridMesh.Load.People;

/// <summary>The desks of one district that a case passes.</summary>
internal sealed record Desks(PeopleDistrict District, string Dispatcher, string Inspector, string Resident)
{
    public static async Task<Desks> SignInAsync(PeopleDistrict district, LanePool lanes, CancellationToken cancellation) => new(
        district,
        await Tokens.GetAsync(lanes, "dispatcher", district.Code, null, cancellation),
        await Tokens.GetAsync(lanes, "inspector", district.Code, null, cancellation),
        await Tokens.GetAsync(lanes, "resident", district.Code, null, cancellation));
}

/// <summary>A case that was reported, and who will handle it.</summary>
internal sealed record OpenCase(string Id, Desks Desks, Walker Owner);

/// <summary>Reports cases as workers do, and takes them through the closed loop.</summary>
internal sealed class CaseLoop(LanePool lanes, IReadOnlyDictionary<string, Walker> walkers, IReadOnlyList<Desks> desks, int seed)
{
    private readonly string _run = $"{seed}-{Guid.NewGuid():N}";
    private long _keys;

    /// <summary>Reports one case somewhere; null when it was refused.</summary>
    /// <returns>The status, and the case where it was taken.</returns>
    public async ValueTask<(int Status, OpenCase? Case)> ReportAsync(Random random, CancellationToken cancellation)
    {
        var desk = desks[random.Next(desks.Count)];
        var person = desk.District.Walkers[random.Next(desk.District.Walkers.Count)];
        var walker = walkers[person.Id];
        var category = CategoryOf(desk.District, person, random);
        var key = NextKey();
        string? id = null;
        var status = await lanes.SendAsync(
            RawRequest.Post(
                "/api/v1/incidents", lanes.Host, walker.Token,
                new { category, description = $"people {key}", grid = person.Grid }, key),
            cancellation,
            (status, body) => id = status == 201 ? IdOf(body) : null);
        return (status, id is null ? null : new OpenCase(id, desk, walker));
    }

    /// <summary>Dispatch, accept, resolve, inspect, feedback, evaluate.</summary>
    /// <returns>The first status that is not 200, or 200.</returns>
    public async ValueTask<int> CloseAsync(OpenCase open, CancellationToken cancellation)
    {
        (string Command, string Token, object Body)[] steps =
        [
            ("dispatch", open.Desks.Dispatcher, new { owner = open.Owner.Id }),
            ("accept", open.Owner.Token, new { }),
            ("resolve", open.Owner.Token, new { result = "done" }),
            ("inspect", open.Desks.Inspector, new { pass = true }),
            ("feedback", open.Desks.Dispatcher, new { text = "told" }),
            ("evaluate", open.Desks.Resident, new { score = 5 }),
        ];
        foreach (var (command, token, body) in steps)
        {
            var status = await lanes.SendAsync(
                RawRequest.Post($"/api/v1/incidents/{open.Id}/{command}", lanes.Host, token, body, NextKey()), cancellation);
            if (status != 200)
            {
                return status;
            }
        }

        return 200;
    }

    private static string CategoryOf(PeopleDistrict district, Person person, Random random)
    {
        var fitting = district.Categories.Where(category => person.Lines.Count == 0 || person.Lines.Contains(category.Line)).ToArray();
        return fitting[random.Next(fitting.Length)].Category;
    }

    private static string IdOf(ReadOnlyMemory<byte> answer)
    {
        using var json = JsonDocument.Parse(answer);
        return json.RootElement.GetProperty("id").GetString()!;
    }

    private string NextKey() => $"{_run}-{Interlocked.Increment(ref _keys)}";
}
