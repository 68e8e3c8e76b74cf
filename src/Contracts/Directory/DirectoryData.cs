using System.Text.Json.Serialization;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Geo;

namespace GridMesh.Contracts.Directory;

/// <param name="Shape">Where it lies; it has the name in JSON that it had when it was always a single ring.</param>
public sealed record AreaEntry(
    AreaCode Code, string Name, string NameEn, [property: JsonPropertyName("polygon")] AreaShape Shape);

/// <param name="Households">Number of households.</param>
/// <param name="People">Number of residents.</param>
/// <param name="ElderlyAlone">Elderly people living alone among them.</param>
public sealed record BuildingEntry(
    BuildingCode Code, string Name, GeoPoint Position, int Households, int People, int ElderlyAlone);

public enum WorkerKind
{
    /// <summary>网格员</summary>
    Worker,

    /// <summary>网格长</summary>
    Leader,

    /// <summary>网格指导员</summary>
    Instructor,
    Drone,
}

/// <summary>Someone who works in a grid.</summary>
/// <param name="Id">1-32 letters, digits, '-' or '_'.</param>
/// <param name="Lines">Lines served; empty means all seven.</param>
/// <param name="ShiftStart">Start of the daily shift, China time.</param>
/// <param name="ShiftHours">Length of the shift in hours, 1-24.</param>
public sealed record WorkerEntry(
    string Id,
    string Name,
    AreaCode Grid,
    WorkerKind Kind,
    ImmutableArray<Line> Lines,
    TimeOnly ShiftStart,
    int ShiftHours);

/// <summary>A department or company that can own cases.</summary>
public sealed record DepartmentEntry(
    string Id, string Name, string NameEn, AreaCode Area, ImmutableArray<Line> Lines);

/// <param name="Kind">What it reports.</param>
/// <param name="Building">The building it is in, null in the street.</param>
public sealed record DeviceEntry(string Id, SensorKind Kind, AreaCode Grid, BuildingCode? Building, GeoPoint Position);

/// <summary>How a limit runs (DOMAIN "Clocks").</summary>
[GenerateSerializer, Alias("ClockKind")]
public enum ClockKind
{
    /// <summary>Day and night.</summary>
    UrgentHour,

    /// <summary>08:00-12:00 and 14:00-18:00 on working days.</summary>
    WorkHour,

    /// <summary>Eight work hours.</summary>
    WorkDay,

    /// <summary>Calendar days.</summary>
    NaturalDay,
}

/// <summary>A row of the filing standards 立案标准.</summary>
/// <param name="Category">Stable code, 1-32 letters, digits or '-'.</param>
/// <param name="Limit">Handling limit in units of <paramref name="Clock"/>, 1-90.</param>
/// <param name="Alarm">The device alarm that is filed under it, null if none.</param>
/// <param name="Evidence">What has to be on record before it is closed, in words; null where nothing is asked.</param>
public sealed record FilingStandard(
    string Category,
    string Name,
    string NameEn,
    Line Line,
    Severity Severity,
    int Limit,
    ClockKind Clock,
    string FilingCondition,
    string ClosingCondition,
    string Responsible,
    SensorKind? Alarm,
    string? Evidence = null);

/// <summary>A day that differs from its weekday: a holiday, or a weekend that is worked (调休).</summary>
public sealed record CalendarDay(DateOnly Date, bool IsWorkday, string Name);

/// <summary>Everything a district is made of before anything happens in it. Imported as a whole, versioned.</summary>
public sealed record DirectoryData(
    ImmutableArray<AreaEntry> Areas,
    ImmutableArray<BuildingEntry> Buildings,
    ImmutableArray<WorkerEntry> Workers,
    ImmutableArray<DepartmentEntry> Departments,
    ImmutableArray<DeviceEntry> Devices,
    ImmutableArray<FilingStandard> Standards,
    ImmutableArray<CalendarDay> Calendar)
{
    /// <summary>What the clock does with cases that are late; empty in versions from before there were any.</summary>
    public ImmutableArray<LadderRow> Ladders { get; init; } = [];
}
