using System.Threading.Channels;

namespace GridMesh.Load.People;

/// <summary>
/// The life of districts as scenarios: phones tell where they are, one request each; doors report; cases are reported,
/// looked for on the wall and taken through the closed loop.
/// </summary>
internal sealed class PeopleLoad : IDisposable
{
    public const string Positions = "positions";
    public const string Reports = "report_to_wall";
    private const int LaneCount = 4_096;
    private const int WaitingMax = 10_000;
    private const int LoopCopies = 8;
    private const double WallP99MaxMs = 250;
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(10);

    /// <summary>After so long without its card a case is lost.</summary>
    private static readonly TimeSpan s_wallPatience = TimeSpan.FromSeconds(10);
    private readonly MeshClient _client;
    private readonly Lanes _lanes;
    private readonly Crowd _crowd;
    private readonly CaseLoop _cases;
    private readonly IReadOnlyList<Desks> _desks;
    private readonly TimeProvider _time;
    private readonly Channel<OpenCase> _reported = Channel.CreateBounded<OpenCase>(WaitingMax);

    private PeopleLoad(MeshClient client, Crowd crowd, IReadOnlyList<Desks> desks, TimeProvider time)
    {
        (_client, _crowd, _desks, _time) = (client, crowd, desks, time);
        (_lanes, _cases, Wall) = (new Lanes(client.Url, LaneCount), new CaseLoop(client, crowd.ById(), desks),
            new Cards(time));
    }

    public int Workers => _crowd.Count;

    /// <summary>Told of every card that comes to a district's wall.</summary>
    public Cards Wall { get; }

    public static async Task<PeopleLoad> GatherAsync(
        MeshClient client, IReadOnlyList<PeopleDistrict> districts, int seed, TimeProvider time, Action<string> say,
        CancellationToken cancellation)
    {
        var crowd = await Crowd.GatherAsync(districts, client, seed, time, say, cancellation);
        var desks = new List<Desks>();
        foreach (var district in districts)
            desks.Add(await Desks.SignInAsync(district, client));
        return new PeopleLoad(client, crowd, desks, time);
    }

    /// <param name="positionsAreMet">What is asked of positions, which differs between scenarios.</param>
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
        new(Reports, ReportAsync)
        {
            WarmUp = s_warmUp, Thresholds = [Threshold.P99(WallP99MaxMs), Threshold.AllGoWell],
            Load = day.Simulate(_desks.Count * PeopleDay.CasesPerSecond, day.Cases),
        },
        new("closed_loops", CloseAsync)
        {
            WarmUp = s_warmUp, Thresholds = [Threshold.NoneFails], Load = [Stretch.Closed(LoopCopies, day.During)],
        },
    ];

    public void Dispose() => _lanes.Dispose();

    private async Task<Response> TellPositionAsync(Iteration iteration) =>
        _crowd.Step(iteration.Number, _time.GetUtcNow(), iteration.Random, tries: 1) is var (walker, request)
            ? await walker.SendAsync(request, _lanes)
            : Response.Fail("still-sending");

    private async Task<Response> OpenDoorsAsync(Iteration iteration)
    {
        var desk = _desks[(int)(iteration.Number % _desks.Count)];
        var (doors, at) = (desk.District.Doors, _time.GetUtcNow());
        var events = Enumerable.Range(0, PeopleDay.DoorsPerRequest)
            .Select(_ => new { device = doors[iteration.Random.Next(doors.Count)], kind = "Door", at }).ToArray();
        return Response.Of(await _client.PostAsync("sensors/events", desk.Lead, events));
    }

    /// <summary>An iteration lasts from the report until its card is on the district's wall.</summary>
    private async Task<Response> ReportAsync(Iteration iteration)
    {
        OpenCase? open = null;
        await iteration.StepAsync("acknowledged", async () =>
        {
            (var answer, open) = await _cases.ReportAsync(iteration.Random);
            return Response.Of(answer);
        });
        if (!await Wall.WaitAsync(open!.Id, s_wallPatience))
            return Response.Fail("not on the wall");
        // Not before it was seen: a case that is closed at once is on no wall.
        _reported.Writer.TryWrite(open);
        return Response.Ok;
    }

    private async Task<Response> CloseAsync(Iteration iteration)
    {
        var open = await _reported.Reader.ReadAsync(iteration.Ended);
        return await iteration.StepAsync("six commands", async () => Response.Of(await _cases.CloseAsync(open)));
    }
}
