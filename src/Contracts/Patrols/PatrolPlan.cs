using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Geo;

namespace GridMesh.Contracts.Patrols;

/// <summary>A place that a patrol has to come by.</summary>
/// <param name="Id">1-<see cref="IdMax"/> letters, digits, '-' or '_'; unique in its plan.</param>
/// <param name="Radius">Of the geofence, in metres.</param>
[GenerateSerializer, Immutable, Alias("Checkpoint")]
public sealed record Checkpoint(
    [property: Id(0)] string Id, [property: Id(1)] string Name, [property: Id(2)] GeoPoint Position,
    [property: Id(3)] int Radius)
{
    /// <summary>Longest id in characters.</summary>
    public const int IdMax = 32;

    /// <summary>Longest name of a checkpoint or plan in characters.</summary>
    public const int NameMax = 100;

    /// <summary>Less than this and the error of a phone's position decides, in metres.</summary>
    public const int RadiusMin = 5;

    public const int RadiusMax = 500;
}

/// <summary>
/// When a round has to be walked: minutes of the day in China time. One that ends at or before its beginning ends on
/// the next day.
/// </summary>
[GenerateSerializer, Immutable, Alias("PatrolWindow")]
public sealed record PatrolWindow([property: Id(0)] int From, [property: Id(1)] int To)
{
    public const int MinutesOfDay = 24 * 60;

    /// <summary>Shorter than this nobody can walk a round.</summary>
    public const int MinutesMin = 5;

    /// <summary>Its length in minutes, up to a whole day.</summary>
    public int Minutes => To > From ? To - From : To - From + MinutesOfDay;
}

/// <summary>
/// The part of the year in which the plan is walked, both days included, over the turn of the year too.
/// </summary>
/// <param name="From">Month and day as MMdd.</param>
[GenerateSerializer, Immutable, Alias("PatrolSeason")]
public sealed record PatrolSeason([property: Id(0)] int From, [property: Id(1)] int To);

/// <summary>
/// A patrol plan 巡查计划. It never changes: another one is made, and this one ended, so that what was walked under it
/// keeps its meaning.
/// </summary>
/// <param name="Weekdays">1 (Monday) to 7; empty means every day.</param>
/// <param name="EveryDays">Every so many days from the day on which it was made.</param>
[GenerateSerializer, Immutable, Alias("PatrolPlan")]
public sealed record PatrolPlan(
    [property: Id(0)] string Id,
    [property: Id(1)] string Name,
    [property: Id(2)] Line Line,
    [property: Id(3)] ImmutableArray<Checkpoint> Checkpoints,
    [property: Id(4)] ImmutableArray<PatrolWindow> Windows,
    [property: Id(5)] ImmutableArray<int> Weekdays,
    [property: Id(6)] int EveryDays,
    [property: Id(7)] PatrolSeason? Season)
{
    public const int CheckpointsMax = 50;

    public const int WindowsMax = 8;

    public const int EveryDaysMax = 90;

    /// <summary>Most plans that are walked in a grid at a time.</summary>
    public const int PlansMax = 50;
}

/// <summary>A plan with its life.</summary>
/// <param name="EndedAt">Null while it is walked.</param>
[GenerateSerializer, Immutable, Alias("PlanView")]
public sealed record PlanView(
    [property: Id(0)] AreaCode Grid, [property: Id(1)] PatrolPlan Plan, [property: Id(2)] DateTimeOffset Since,
    [property: Id(3)] string By, [property: Id(4)] DateTimeOffset? EndedAt);
