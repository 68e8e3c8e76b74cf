using System.Buffers;
using System.Text.Json;
using GridMesh.Contracts.Clocks;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Demo.World;

namespace GridMesh.Demo.Traffic;

/// <summary>
/// Where everybody on duty is, a batch for each town and tick. A town whose last batch is still on its way is left out:
/// nothing queues up, and the next batch is newer anyway.
/// </summary>
internal sealed class PositionStream
{
    /// <summary>Everybody is heard of this often, in demo seconds.</summary>
    public const double EverySeconds = 7.5;

    /// <summary>The server's bound on one request.</summary>
    private const int BatchMax = 1_000;

    private readonly TrafficContext _context;
    private readonly ShiftStream _shifts;
    private readonly PatrolStream _patrols;
    private readonly Random _random;
    private readonly Round[] _rounds;

    public PositionStream(TrafficContext context, ShiftStream shifts, PatrolStream patrols)
    {
        (_context, _shifts, _patrols, _random) = (context, shifts, patrols, context.Random(11));
        _rounds = [.. context.World.Towns.Select(RoundOf)];
    }

    public void Tick(DateTimeOffset now, TimeSpan sinceLast, CancellationToken cancellation)
    {
        foreach (var round in _rounds)
        {
            var share = sinceLast.TotalSeconds * _context.Options.Speed / EverySeconds;
            round.Owed = Math.Min(round.Owed + (share * round.People.Length), Math.Min(BatchMax, round.People.Length));
            if (round.Owed < 1 || !round.Inflight.HasRoom)
                continue;

            var count = Fill(round, now, cancellation);
            if (count > 0)
                round.Inflight.TryRun(() => SendAsync(round, count, cancellation));
        }
    }

    public Task DrainAsync() => Task.WhenAll(_rounds.Select(round => round.Inflight.DrainAsync()));

    private int Fill(Round round, DateTimeOffset now, CancellationToken cancellation)
    {
        round.Buffer.ResetWrittenCount();
        round.Json.Reset(round.Buffer);
        round.Json.WriteStartArray();
        var count = 0;
        for (; round.Owed >= 1; round.Owed--)
        {
            var person = round.People[round.Next];
            round.Next = (round.Next + 1) % round.People.Length;
            if (_shifts.IsOnDuty(person.Id))
            {
                Walk(person, now, cancellation);
                Write(round.Json, person, now);
                count++;
            }
        }

        round.Json.WriteEndArray();
        round.Json.Flush();
        return count;
    }

    /// <summary>On a patrol from checkpoint to checkpoint, otherwise about.</summary>
    private void Walk(Person person, DateTimeOffset now, CancellationToken cancellation)
    {
        var metres = (now - person.SeenAt).TotalSeconds * _context.Options.Speed * person.Pace;
        person.SeenAt = now;
        if (_patrols.RouteOf(person.Id, person.Grid) is not { } route
            || route.Next(person.Walker.At, ChinaTime.Local(now)) is not { } goal)
        {
            person.Walker.Walk(metres, _random);
            return;
        }

        person.Walker.WalkTo(goal.At, metres, _random);
        if (route.Reach(goal, person.Walker.At) is { } point)
            _patrols.Reached(route, point, person.Id, cancellation);
    }

    private void Write(Utf8JsonWriter json, Person person, DateTimeOffset now)
    {
        const double AccuracyMetres = 8;
        var at = _context.World.Plane.ToGeo(person.Walker.At);
        json.WriteStartObject();
        json.WriteString("worker"u8, person.Id);
        json.WriteNumber("lng"u8, at.Lng);
        json.WriteNumber("lat"u8, at.Lat);
        json.WriteString("at"u8, now);
        json.WriteNumber("accuracy"u8, AccuracyMetres);
        json.WriteEndObject();
    }

    private async Task SendAsync(Round round, int count, CancellationToken cancellation)
    {
        if (await _context.Client.PostOnceAsync(
            round.Who, "api/v1/positions", round.Buffer.WrittenMemory, cancellation))
        {
            DemoMeter.Positions.Add(count);
        }
        else
        {
            _context.Failures.Add("positions were refused");
        }
    }

    private Round RoundOf(TrafficTown town)
    {
        var people = town.Grids.SelectMany(grid => _context.World.View.RosterOf(grid.Code).Where(ShiftPlan.Walks)
            .Select(worker => new Person(
                worker.Id,
                grid.Code,
                new Walker(grid.Plot, grid.Plot.Any(_random, _context.World.Plane), _random.NextDouble() * Math.Tau),
                worker.Kind == WorkerKind.Drone ? Walker.InTheAir : Walker.OnFoot,
                _context.Started))).ToArray();
        _random.Shuffle(people);
        return new Round(new TokenKey("supervisor", town.Code, null), people, new Inflight(1, _context.Failures));
    }

    private sealed class Person(string id, AreaCode grid, Walker walker, double pace, DateTimeOffset seenAt)
    {
        public string Id => id;

        public AreaCode Grid => grid;

        public Walker Walker => walker;

        public double Pace => pace;

        public DateTimeOffset SeenAt { get; set; } = seenAt;
    }

    /// <summary>The people of a town, told about in turn; the buffer is free whenever nothing is on its way.</summary>
    private sealed class Round(TokenKey who, Person[] people, Inflight inflight)
    {
        public TokenKey Who => who;

        public Person[] People => people;

        public Inflight Inflight => inflight;

        public ArrayBufferWriter<byte> Buffer { get; } = new(16 * 1024);

        public Utf8JsonWriter Json { get; } = new(Stream.Null);

        public double Owed { get; set; }

        public int Next { get; set; }
    }
}
