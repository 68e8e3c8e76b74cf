using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Geo;

namespace GridMesh.Contracts.Patrols;

[GenerateSerializer, Alias("SlotState")]
public enum SlotState
{
    /// <summary>The window has not begun.</summary>
    Ahead,

    /// <summary>The window is open.</summary>
    Due,
    Done,
    Missed,
}

/// <summary>A checkpoint of a round as it stands.</summary>
/// <param name="At">When it was done or became missed.</param>
/// <param name="Worker">Who was there.</param>
[GenerateSerializer, Immutable, Alias("SlotView")]
public sealed record SlotView(
    [property: Id(0)] PatrolSlot Slot, [property: Id(1)] string Name, [property: Id(2)] DateTimeOffset From,
    [property: Id(3)] DateTimeOffset To, [property: Id(4)] SlotState State, [property: Id(5)] DateTimeOffset? At,
    [property: Id(6)] string? Worker, [property: Id(7)] CheckInWay? Way);

/// <summary>The rounds of a grid on a day, checkpoint by checkpoint.</summary>
[GenerateSerializer, Immutable, Alias("PatrolDay")]
public sealed record PatrolDay(
    [property: Id(0)] AreaCode Grid, [property: Id(1)] int Day, [property: Id(2)] ImmutableArray<SlotView> Slots);

/// <summary>A checkpoint that is due now: whoever comes within its radius does it.</summary>
[GenerateSerializer, Immutable, Alias("DuePoint")]
public sealed record DuePoint(
    [property: Id(0)] PatrolSlot Slot, [property: Id(1)] GeoPoint Position, [property: Id(2)] int Radius,
    [property: Id(3)] DateTimeOffset From, [property: Id(4)] DateTimeOffset To);

/// <summary>What the live grid has to know of its patrols.</summary>
/// <param name="Version">Facts of the stream behind it.</param>
/// <param name="Moment">UTC ticks at which it was taken: windows open and days turn without a fact.</param>
/// <param name="Due">Checkpoints whose window is open and that nobody has come by.</param>
/// <param name="Done">Done today.</param>
/// <param name="Missed">Missed today.</param>
/// <param name="Alarms">Missed today, and nobody has taken note.</param>
/// <param name="IsPlanned">There are plans.</param>
[GenerateSerializer, Immutable, Alias("PatrolBoard")]
public sealed record PatrolBoard(
    [property: Id(0)] long Version, [property: Id(1)] long Moment, [property: Id(2)] int Due,
    [property: Id(3)] int Done, [property: Id(4)] int Missed, [property: Id(5)] int Alarms,
    [property: Id(6)] bool IsPlanned, [property: Id(7)] ImmutableArray<DuePoint> Points);

/// <summary>A worker on duty was seen within the radius of a due checkpoint.</summary>
[GenerateSerializer, Immutable, Alias("PatrolSighting")]
public sealed record PatrolSighting(
    [property: Id(0)] PatrolSlot Slot, [property: Id(1)] string Worker, [property: Id(2)] DateTimeOffset At);
