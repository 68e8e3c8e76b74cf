using System.Threading.Channels;

namespace GridMesh.Load.People;

/// <summary>The life of districts as scenarios: positions, doors, cases to the wall and to their end.</summary>
internal sealed class PeopleLoad : IDisposable
{
    public const string Positions = "positions";
    public const string Reports = "report_to_wall";
    private const int CrewSize = 200;
    private const int LaneCount = 4_096;
    private const int WaitingMax = 10_000;
    private const int LoopCopies = 8;
    private const double WallP99MaxMs = 250;
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(10);
    private readonly MeshClient _client;
    private readonly Lanes _lanes;
    private readonly Crowd _crowd;
    private readonly IReadOnlyList<Desk> _desks;
    private readonly TimeProvider _time;
    private readonly Channel<OpenCase> _reported = Channel.CreateBounded<OpenCase>(WaitingMax);

    private PeopleLoad(MeshClient client, Crowd crowd, IReadOnlyList<Desk> desks, TimeProvider time)
    {
        (_client, _crowd, _desks, _time) = (client, crowd, desks, time);
        (_lanes, Wall) = (new Lanes(client.Url, LaneCount), new Cards(time));
    }

    public int Workers => _crowd.Count;

    public Cards Wall { get; }

    public static async Task<PeopleLoad> GatherAsync(
        MeshClient client, IReadOnlyList<PeopleDistrict> districts, int seed, TimeProvider time,
        CancellationToken cancellation)
    {
        var crowd = await Crowd.GatherAsync(districts, client, seed, cancellation);
        var desks = new List<Desk>();
        foreach (var district in districts)
        {
            var crew = await Crew.SignInAsync(client, district.Code, CrewSize);
            var lead = await client.TokenAsync("lead", district.Code, cancellation: cancellation);
            desks.Add(new Desk(district.Doors, lead, new Lifecycle(client, crew, time)));
        }

        return new PeopleLoad(client, crowd, desks, time);
    }

    public Scenario[] Scenarios(PeopleDay day, Threshold positionsAreMet) =>
    [
        new(Positions, TellPositionAsync)
        {
            WarmUp = s_warmUp, Thresholds = [positionsAreMet],
            Load = day.Simulate(_crowd.Count / PeopleDay.PositionEvery.TotalSeconds, day.Positions),
        },
        new("doors", OpenDoorsAsync)
        {
            WarmUp = s_warmUp, Thresholds = [Threshold.AllGoWell],
            Load = day.Simulate(
                (double)_desks.Count * PeopleDay.DoorsPerSecond / PeopleDay.DoorsPerRequest, day.Doors),
        },
        new(Reports, iteration => new WayToWall(Of(iteration).Cases, Wall, open => _reported.Writer.TryWrite(open))
            .RunAsync(iteration))
        {
            WarmUp = s_warmUp, Thresholds = [Threshold.P99(WallP99MaxMs), Threshold.AllGoWell],
            Load = day.Simulate(_desks.Count * PeopleDay.CasesPerSecond, day.Cases),
        },
        new("closed_loops", async iteration =>
            await Of(iteration).Cases.CloseAsync(iteration, await _reported.Reader.ReadAsync(iteration.Ended)))
        {
            WarmUp = s_warmUp, Thresholds = [Threshold.NoneFails], Load = [Stretch.Closed(LoopCopies, day.During)],
        },
    ];

    public void Dispose() => _lanes.Dispose();

    private Desk Of(Iteration iteration) => _desks[(int)(iteration.Number % _desks.Count)];

    private async Task<Response> TellPositionAsync(Iteration iteration) =>
        _crowd.Step(iteration.Number, _time.GetUtcNow(), iteration.Random, tries: 1) is var (walker, request)
            ? await walker.SendAsync(request, _lanes)
            : Response.Fail("still-sending");

    private async Task<Response> OpenDoorsAsync(Iteration iteration)
    {
        var (desk, at) = (Of(iteration), _time.GetUtcNow());
        var events = Enumerable.Range(0, PeopleDay.DoorsPerRequest).Select(
            _ => new { device = desk.Doors[iteration.Random.Next(desk.Doors.Count)], kind = "Door", at }).ToArray();
        return Response.Of(await _client.PostAsync("sensors/events", desk.Lead, events));
    }

    private sealed record Desk(IReadOnlyList<string> Doors, string Lead, Lifecycle Cases);
}
