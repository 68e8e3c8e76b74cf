using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Geo;
using GridMesh.Demo.Geography;

namespace GridMesh.Demo.Patrols;

/// <param name="ByCode">
/// Its geofence is too small to be walked into: the worker scans the code that hangs there.
/// </param>
internal sealed record DemoCheckpoint(string Id, string Name, Spot At, GeoPoint Position, int Radius, bool ByCode);

/// <summary>A patrol plan of the demo.</summary>
/// <param name="Hours">Hours of the day in China at which its windows begin; each lasts to the next.</param>
/// <param name="Season">First and last month and day as MMdd; null for all the year.</param>
internal sealed record DemoPatrol(
    AreaCode Grid, string Name, Line Line, ImmutableArray<DemoCheckpoint> Checkpoints, ImmutableArray<int> Hours,
    (int From, int To)? Season)
{
    /// <summary>The window that is open, by the hour at which it began; null out of hours or season.</summary>
    public int? WindowAt(DateTime china)
    {
        var day = (china.Month * 100) + china.Day;
        if (Season is { } season && (day < season.From || day > season.To) || china.Hour < Hours[0]
            || china.Hour >= Hours[^1])
        {
            return null;
        }

        return Hours.Last(hour => hour <= china.Hour);
    }

    /// <summary>The plan as the API takes it.</summary>
    public object ToBody() => new
    {
        Name,
        Line,
        Checkpoints = Checkpoints.Select(one => new { one.Id, one.Name, one.Position, one.Radius }),
        Windows = Hours.Zip(Hours.Skip(1)).Select(pair => new { From = Clock(pair.First), To = Clock(pair.Second) }),
        Season = Season is { } season ? new { From = Day(season.From), To = Day(season.To) } : null,
    };

    private static string Clock(int hour) => $"{hour % 24:D2}:00";

    private static string Day(int day) => $"{day / 100:D2}-{day % 100:D2}";
}
