using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Demo.Names;
using GridMesh.Demo.World;

namespace GridMesh.Demo.Traffic;

/// <summary>Where a report comes in.</summary>
internal enum CaseReporting
{
    /// <summary>With a token of one's own: a resident, a worker, the desk.</summary>
    Token,

    /// <summary>By an app of the city, with its key.</summary>
    Open311,

    /// <summary>Passed on by the hotline 12345, with its key.</summary>
    Hotline,
}

/// <summary>A case that somebody is about to report.</summary>
/// <param name="Who">Whose token it goes in with, also where the other endpoint is closed.</param>
internal sealed record Report(
    TokenKey Who, TrafficGrid Grid, FilingStandard Standard, string Description, string? Reporter, CaseReporting Way);

/// <summary>Draws what is reported, by whom and where.</summary>
internal sealed class Reports
{
    private const double ByResident = 0.35;
    private const double ByHotline = 0.15;

    /// <summary>Of the residents' reports those that come by an app of the city.</summary>
    private const double ByApp = 0.35;

    private readonly TrafficWorld _world;
    private readonly Random _random;
    private readonly (FilingStandard Standard, double Until)[] _usual;
    private readonly (FilingStandard Standard, double Until)[] _stormy;

    public Reports(TrafficWorld world, Random random)
    {
        (_world, _random) = (world, random);
        // What devices raise is left to them.
        var standards = world.View.Data.Standards.Where(standard => standard.Alarm is null).ToArray();
        _usual = Ladder(standards, Usual);
        _stormy = Ladder(standards, Stormy);
    }

    /// <summary>Null in a directory without standards.</summary>
    public Report? Draw(TrafficTown town, bool isStormy)
    {
        var ladder = isStormy ? _stormy : _usual;
        if (ladder.Length == 0)
            return null;

        var drawn = _random.NextDouble() * ladder[^1].Until;
        var standard = ladder.First(step => step.Until >= drawn).Standard;
        var grid = town.Draw(_random);
        var place = grid.Buildings.IsEmpty ? "" : grid.Buildings[_random.Next(grid.Buildings.Length)].Name + "附近";
        var (who, reporter, way) = Reporter(town, grid, standard);
        return new Report(who, grid, standard, $"{place}{standard.Name}：{standard.FilingCondition}", reporter, way);
    }

    private (TokenKey Who, string? Name, CaseReporting Way) Reporter(
        TrafficTown town, TrafficGrid grid, FilingStandard standard)
    {
        var chance = _random.NextDouble();
        if (chance < ByResident)
        {
            return (
                new TokenKey("resident", town.Code, null), PersonNames.Next(_random),
                chance < ByResident * ByApp ? CaseReporting.Open311 : CaseReporting.Token);
        }

        var desk = new TokenKey("dispatcher", town.Code, null);
        return chance <= ByResident + ByHotline ? (desk, PersonNames.Next(_random), CaseReporting.Hotline)
            : _world.OwnerIn(grid.Code, standard.Line, _random) is { } owner
                ? (new TokenKey("worker", grid.Code, owner.Id), null, CaseReporting.Token)
                : (desk, PersonNames.Next(_random), CaseReporting.Token);
    }

    private static (FilingStandard Standard, double Until)[] Ladder(
        FilingStandard[] standards, Func<FilingStandard, double> weigh)
    {
        var sum = 0.0;
        return [.. standards.Select(standard => (standard, sum += weigh(standard)))];
    }

    private static double Usual(FilingStandard standard) => standard switch
    {
        { Severity: Severity.Major } => 0.1,
        { Severity: Severity.Urgent } => 0.8,
        { Line: Line.UrbanManagement, Clock: ClockKind.WorkHour } => 9,
        { Line: Line.UrbanManagement } => 3,
        { Line: Line.Petitions or Line.CivilAffairs } => 2,
        _ => 1.2,
    };

    /// <summary>A storm brings water, wind and danger.</summary>
    private static double Stormy(FilingStandard standard) => standard switch
    {
        { Severity: Severity.Normal } => 0.3,
        { Line: Line.UrbanManagement } => 10,
        { Line: Line.Emergency, Severity: Severity.Urgent } => 4,
        _ => 0.2,
    };
}
