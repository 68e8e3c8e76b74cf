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

    /// <summary>Connections of all phones.</summary>
    private const int LaneCount = 4_096;

    /// <summary>Most cases that wait to be taken through the loop.</summary>
    private const int WaitingMax = 10_000;

    /// <summary>Cases taken through the loop at once.</summary>
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

    /// <summary>Signs in everybody of the districts.</summary>
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
    public ScenarioProps[] Scenarios(PeopleDay day, Threshold positionsAreMet) =>
    [
        .. new[]
        {
            TellPositions(day).WithThresholds(positionsAreMet),
            OpenDoors(day)
                .WithThresholds(Threshold.Create(stats => stats.Ok.Request.Count > 0 && stats.Fail.Request.Count == 0)),
            ReportCases(day).WithThresholds(
                Threshold.Create(stats => stats.Ok.Latency.Percent99 < WallP99MaxMs),
                Threshold.Create(stats => stats.Ok.Request.Count > 0 && stats.Fail.Request.Count == 0)),
            CloseCases(day).WithThresholds(Threshold.Create(stats => stats.Fail.Request.Count == 0)),
        }.Select(scenario => scenario.WithWarmUpDuration(s_warmUp)),
    ];

    public void Dispose() => _lanes.Dispose();

    private ScenarioProps TellPositions(PeopleDay day) => Scenario
        .Create(Positions, async context =>
            _crowd.Step(context.InvocationNumber, _time.GetUtcNow(), context.Random, tries: 1) is var (walker, request)
                ? await walker.SendAsync(request, _lanes)
                : Response.Fail("still-sending"))
        .WithLoadSimulations(day.Simulate(_crowd.Count / PeopleDay.PositionEvery.TotalSeconds, day.Positions));

    private ScenarioProps OpenDoors(PeopleDay day) => Scenario
        .Create("doors", async context =>
        {
            var desk = _desks[(int)(context.InvocationNumber % _desks.Count)];
            var (doors, at) = (desk.District.Doors, _time.GetUtcNow());
            var events = Enumerable.Range(0, PeopleDay.DoorsPerRequest)
                .Select(_ => new { device = doors[context.Random.Next(doors.Count)], kind = "Door", at }).ToArray();
            var answer = await _client.PostAsync("sensors/events", desk.Lead, events);
            return answer.IsSuccess ? Response.Ok(statusCode: answer.Code) : Response.Fail(answer.Code);
        })
        .WithLoadSimulations(
            day.Simulate((double)_desks.Count * PeopleDay.DoorsPerSecond / PeopleDay.DoorsPerRequest, day.Doors));

    /// <summary>An iteration lasts from the report until its card is on the district's wall.</summary>
    private ScenarioProps ReportCases(PeopleDay day) => Scenario
        .Create(Reports, async context =>
        {
            var open = (await Step.Run("acknowledged", context, async () =>
            {
                var (answer, taken) = await _cases.ReportAsync(context.Random);
                return taken is null ? Response.Fail<OpenCase>(answer.Code)
                    : Response.Ok(payload: taken, statusCode: answer.Code);
            })).Payload!;
            if (!await Wall.WaitAsync(open.Id, s_wallPatience))
                return Response.Fail("not on the wall");
            // Not before it was seen: a case that is closed at once is on no wall.
            _reported.Writer.TryWrite(open);
            return Response.Ok(statusCode: "on the wall");
        })
        .WithLoadSimulations(day.Simulate(_desks.Count * PeopleDay.CasesPerSecond, day.Cases));

    private ScenarioProps CloseCases(PeopleDay day) => Scenario
        .Create("closed_loops", async context =>
        {
            var open = await _reported.Reader.ReadAsync(context.ScenarioCancellationToken);
            return await Step.Run("six commands", context, async () =>
            {
                var answer = await _cases.CloseAsync(open);
                return answer.IsSuccess ? Response.Ok(statusCode: answer.Code) : Response.Fail(answer.Code);
            });
        })
        .WithLoadSimulations(Simulation.KeepConstant(LoopCopies, day.During));
}
