using System.Buffers;
using System.Text.Json;
using GridMesh.Contracts.Clocks;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;

namespace GridMesh.Demo.Traffic;

/// <summary>Doors that open by the hour of the day, and now and then an alarm.</summary>
internal sealed class SensorStream
{
    /// <summary>Door events a second of a million people, mean of a day (25-100 by the hour).</summary>
    public const double DoorsPerSecond = 60;

    /// <summary>Device alarms a day of a million people.</summary>
    private const double AlarmsPerDay = 260;

    private const int BatchMax = 1_000;

    private readonly TrafficContext _context;
    private readonly CaseStream _cases;
    private readonly Inflight _doors;
    private readonly Inflight _alarms;
    private readonly Random _random;
    private readonly ArrayBufferWriter<byte> _buffer = new(16 * 1024);
    private readonly (TokenKey Who, DeviceEntry[] Doors)[] _districts;
    private double _owedDoors;
    private double _owedAlarms;

    public SensorStream(TrafficContext context, CaseStream cases)
    {
        const int AlarmsAtOnceMax = 4;
        (_context, _cases, _random) = (context, cases, context.Random(12));
        (_doors, _alarms) = (new Inflight(1, context.Failures), new Inflight(AlarmsAtOnceMax, context.Failures));
        _districts =
        [
            .. context.World.Doors.GroupBy(door => door.Grid.District)
                .Select(doors => (new TokenKey("supervisor", doors.Key, null), doors.ToArray())),
        ];
    }

    public void Tick(DateTimeOffset now, TimeSpan sinceLast, CancellationToken cancellation)
    {
        var china = ChinaTime.Local(now);
        var seconds = sinceLast.TotalSeconds * _context.Options.Speed * _context.World.Size;
        _owedDoors = Math.Min(_owedDoors + (seconds * DoorsPerSecond * DayCurve.Doors.At(china)), BatchMax);
        if (_owedDoors >= 1 && _districts.Length > 0 && _doors.HasRoom)
        {
            // Events of one tick are of one district: whose token it is may touch no other.
            var (who, doors) = _districts[_random.Next(_districts.Length)];
            var count = Fill(doors, now);
            _doors.TryRun(() => SendDoorsAsync(who, count, cancellation));
        }

        _owedAlarms = Math.Min(_owedAlarms + (seconds * AlarmsPerDay / 86_400 * DayCurve.Cases.At(china)), 1 + seconds);
        if (_owedAlarms >= 1 && _context.World.Alarms.Length > 0)
        {
            _owedAlarms--;
            var device = _context.World.Alarms[_random.Next(_context.World.Alarms.Length)];
            _alarms.TryRun(() => RaiseAsync(device, now, cancellation));
        }
    }

    public Task DrainAsync() => Task.WhenAll(_doors.DrainAsync(), _alarms.DrainAsync());

    private int Fill(DeviceEntry[] doors, DateTimeOffset now)
    {
        _buffer.ResetWrittenCount();
        using var json = new Utf8JsonWriter(_buffer);
        var count = (int)_owedDoors;
        _owedDoors -= count;
        json.WriteStartArray();
        for (var i = 0; i < count; i++)
            Write(json, doors[_random.Next(doors.Length)], now);

        json.WriteEndArray();
        return count;
    }

    private static void Write(Utf8JsonWriter json, DeviceEntry device, DateTimeOffset now)
    {
        json.WriteStartObject();
        json.WriteString("device"u8, device.Id);
        json.WriteString("kind"u8, device.Kind.ToString());
        json.WriteString("at"u8, now);
        if (device.Kind == SensorKind.WaterLevel)
        {
            const double MetresOverWarning = 0.3;
            json.WriteNumber("value"u8, MetresOverWarning);
        }

        json.WriteEndObject();
    }

    private async Task SendDoorsAsync(TokenKey who, int count, CancellationToken cancellation)
    {
        if (await _context.Client.PostOnceAsync(who, "api/v1/sensors/events", _buffer.WrittenMemory, cancellation))
            DemoMeter.Doors.Add(count);
        else
            _context.Failures.Add("door events were refused");
    }

    private async Task RaiseAsync(DeviceEntry device, DateTimeOffset now, CancellationToken cancellation)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            Write(json, device, now);
            json.WriteEndArray();
        }

        var who = new TokenKey("supervisor", device.Grid.District, null);
        var answer = await _context.Client.PostAsync(
            who, "api/v1/sensors/events", buffer.WrittenMemory, null, cancellation);
        if (answer is not { IsSuccess: true, Json: { } body })
        {
            _context.Failures.Add($"alarm of {device.Id}: {(int)answer.Status}");
            return;
        }

        foreach (var number in body.GetProperty("cases").EnumerateArray())
            await _cases.FollowAsync(number.GetString()!, cancellation);
    }
}
