using System.Threading.Channels;
using GridMesh.Load.Clients.Lanes;
using GridMesh.Load.Measuring;

namespace GridMesh.Load.People;

/// <summary>
/// The life of districts as scenarios: phones tell where they are, one request each; doors report; cases are reported,
/// looked for on the wall and taken through the closed loop.
/// </summary>
internal sealed class PeopleLoad : IAsyncDisposable
{
    public const string Positions = "positions";
    public const string Doors = "doors";
    public const string Reports = "report_to_wall";
    public const string Loops = "closed_loops";

    /// <summary>Connections of all phones and desks.</summary>
    private const int LaneCount = 4_096;

    /// <summary>Most cases that wait to be taken through the loop.</summary>
    private const int WaitingMax = 10_000;

    /// <summary>Cases taken through the loop at once.</summary>
    private const int LoopCopies = 8;

    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(10);

    /// <summary>After so long without its card a case is lost.</summary>
    private static readonly TimeSpan s_wallPatience = TimeSpan.FromSeconds(10);

    private readonly LanePool _lanes;
    private readonly IReadOnlyList<PeopleDistrict> _districts;
    private readonly Crowd _crowd;
    private readonly CaseLoop _cases;
    private readonly IReadOnlyList<string> _doorTokens;
    private readonly Appearances _wall;
    private readonly TimeProvider _time;
    private readonly Channel<OpenCase> _reported = Channel.CreateBounded<OpenCase>(WaitingMax);

    private PeopleLoad(
        LanePool lanes, IReadOnlyList<PeopleDistrict> districts, Crowd crowd, CaseLoop cases,
        IReadOnlyList<string> doorTokens, Appearances wall, TimeProvider time) =>
        (_lanes, _districts, _crowd, _cases, _doorTokens, _wall, _time) = (lanes, districts, crowd, cases, doorTokens, wall, time);

    public int Workers => _crowd.Count;

    public LanePool Lanes => _lanes;

    /// <summary>Signs in everybody of the districts.</summary>
    /// <param name="wall">Told of every card that comes to a district's wall.</param>
    /// <exception cref="InvalidOperationException">Somebody is refused.</exception>
    public static async Task<PeopleLoad> GatherAsync(
        Uri url, IReadOnlyList<PeopleDistrict> districts, Appearances wall, int seed, TimeProvider time, Action<string> say,
        CancellationToken cancellation)
    {
        var lanes = new LanePool(url, LaneCount);
        try
        {
            var crowd = await Crowd.GatherAsync(
                [.. districts.SelectMany(district => district.Walkers)], lanes, seed, time, say, cancellation);
            var desks = new List<Desks>();
            var doorTokens = new List<string>();
            foreach (var district in districts)
            {
                desks.Add(await Desks.SignInAsync(district, lanes, cancellation));
                doorTokens.Add(await Tokens.GetAsync(lanes, "lead", district.Code, null, cancellation));
            }

            return new PeopleLoad(
                lanes, districts, crowd, new CaseLoop(lanes, crowd.ById(), desks, seed), doorTokens, wall, time);
        }
        catch
        {
            lanes.Dispose();
            throw;
        }
    }

    public ScenarioProps TellPositions(PeopleDay day) => Scenario
        .Create(Positions, async context =>
        {
            var walker = _crowd.At(context.InvocationNumber);
            if (walker.Step(_time.GetUtcNow(), context.Random) is not { } request)
            {
                return Response.Fail(statusCode: "still-sending");
            }

            return await walker.SendAsync(request, _lanes);
        })
        .WithWarmUpDuration(s_warmUp)
        .WithLoadSimulations(day.Positions(_crowd.Count / PeopleRates.PositionEvery.TotalSeconds));

    public ScenarioProps OpenDoors(PeopleDay day) => Scenario
        .Create(Doors, async context =>
        {
            var number = (int)(context.InvocationNumber % _districts.Count);
            var doors = _districts[number].Doors;
            var at = _time.GetUtcNow();
            var events = Enumerable.Range(0, PeopleRates.DoorsPerRequest)
                .Select(_ => new { device = doors[context.Random.Next(doors.Count)], kind = "Door", at });
            var status = await _lanes.SendAsync(
                RawRequest.Post("/api/v1/sensors/events", _lanes.Host, _doorTokens[number], events),
                CancellationToken.None);
            return status == 202 ? Response.Ok(statusCode: "202") : Response.Fail(statusCode: $"{status}");
        })
        .WithWarmUpDuration(s_warmUp)
        .WithLoadSimulations(day.Doors((double)_districts.Count * PeopleRates.DoorsPerSecond / PeopleRates.DoorsPerRequest));

    /// <summary>An iteration lasts from the report until its card is on the district's wall.</summary>
    public ScenarioProps ReportCases(PeopleDay day) => Scenario
        .Create(Reports, async context =>
        {
            OpenCase? open = null;
            var acknowledged = await Step.Run("acknowledged", context, async () =>
            {
                (var status, open) = await _cases.ReportAsync(context.Random, CancellationToken.None);
                return open is null ? Response.Fail(statusCode: $"{status}") : Response.Ok(statusCode: "201");
            });
            if (open is null)
            {
                return Response.Fail(statusCode: acknowledged.StatusCode);
            }

            if (!await _wall.WaitAsync(open.Id, s_wallPatience))
            {
                return Response.Fail(statusCode: "not on the wall");
            }

            // Not before it was seen: a case that is closed at once is on no wall.
            _reported.Writer.TryWrite(open);
            return Response.Ok(statusCode: "on the wall");
        })
        .WithWarmUpDuration(s_warmUp)
        .WithLoadSimulations(day.Cases(_districts.Count * PeopleRates.CasesPerSecond));

    public ScenarioProps CloseCases(PeopleDay day) => Scenario
        .Create(Loops, async context =>
        {
            var open = await _reported.Reader.ReadAsync(context.ScenarioCancellationToken);
            return await Step.Run("six commands", context, async () =>
            {
                var status = await _cases.CloseAsync(open, CancellationToken.None);
                return status == 200 ? Response.Ok(statusCode: "200") : Response.Fail(statusCode: $"{status}");
            });
        })
        .WithWarmUpDuration(s_warmUp)
        .WithLoadSimulations(Simulation.KeepConstant(LoopCopies, day.During));

    public ValueTask DisposeAsync()
    {
        _lanes.Dispose();
        return ValueTask.CompletedTask;
    }
}
