using GridMesh.Contracts.Care;
using GridMesh.Grains;
using GridMesh.Grains.Care;

namespace GridMesh.Load.Watches;

/// <summary>Made watches: many not due for hours, some never heard of, some just before their window ends.</summary>
internal sealed class MadeWatches
{
    private const int QuietHours = 24;
    private const int DueHours = 1;

    /// <summary>Quiet watches began so long ago at most: they are due hours later.</summary>
    private static readonly TimeSpan s_quietBefore = TimeSpan.FromHours(8);

    private readonly List<(DateTimeOffset At, CareWatch Watch)> _watches = [];

    public MadeWatches(DirectoryData data, int quiet, int due, DateTimeOffset first, TimeSpan span)
    {
        for (var i = 0; i < quiet; i++)
            Add("Q", i, data.Buildings[i % data.Buildings.Length].Code, null, QuietHours,
                first - (s_quietBefore * ((i % 997 + 1) / 997.0)));

        var doors = data.Devices.Where(device => device is { Kind: SensorKind.Door, Building: not null }).ToArray();
        var withDoors = doors.Select(door => door.Building!.Value).ToHashSet();
        var without = data.Buildings.Where(building => !withDoors.Contains(building.Code)).ToArray();
        for (var i = 0; i < due; i++)
        {
            var end = first + (span * ((double)i / due));
            if (i % 2 == 0)
                Silent.Add(Add("S", i, without[i % without.Length].Code, null, DueHours, end.AddHours(-DueHours)));
            else
            {
                var door = doors[i % doors.Length];
                Add("H", i, door.Building!.Value, door.Id, DueHours, end.AddHours(-DueHours));
                Heard.Add(door.Id);
            }
        }
    }

    /// <summary>Watches of which nothing will be heard: each has to alarm.</summary>
    public HashSet<string> Silent { get; } = [];

    /// <summary>Doors that have to be heard of before the first window ends.</summary>
    public HashSet<string> Heard { get; } = [];

    public IEnumerable<JournalRecord> Records()
    {
        var versions = new Dictionary<AreaCode, long>();
        var seq = 0L;
        foreach (var (at, watch) in _watches.OrderBy(entry => entry.At))
        {
            var grid = watch.Building.Grid;
            var command = new BeginCare(
                Guid.NewGuid(), new Actor("load", "load", Role.Worker, grid, "load", []), watch);
            var (reject, fact) = CareDecider.Decide(new CareFold(new CareSnapshot()), grid, command, at);
            if (fact is null)
                throw new InvalidOperationException($"the made watch is refused: {reject}");

            yield return MadeRecord.Of(
                ++seq, GrainKinds.Care.StreamOf(grid.Value), versions[grid] = versions.GetValueOrDefault(grid) + 1,
                command.CommandId, grid.District, fact);
        }
    }

    private string Add(string prefix, int number, BuildingCode building, string? device, int hours, DateTimeOffset at)
    {
        var id = $"{prefix}{number:D7}";
        _watches.Add((at, new CareWatch(id, building, id, device, hours, "load", at)));
        return id;
    }
}
