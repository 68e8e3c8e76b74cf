using GridMesh.Grains.Clocks;

namespace GridMesh.Load.Seeding;

/// <summary>Closed cases of the past year with all their facts. The same seed gives the same facts.</summary>
internal sealed class PastCases
{
    public const int FactsMin = 7;
    private const long Places = ushort.MaxValue + 1;
    private const double ReturnedShare = 0.06;
    private const double ReworkedShare = 0.06;
    private const double LateShare = 0.08;
    private static readonly string[] s_results = ["已现场处置完毕，恢复原状", "已联系责任单位整改到位", "已劝导并清理现场", "已调解，双方达成一致"];
    private static readonly int[] s_scores = [5, 5, 5, 5, 5, 5, 4, 4, 4, 3, 3, 2, 1];
    private readonly Scene _scene;
    private readonly PastYear _year;
    private readonly IncidentDecider _decider;
    private readonly DateTimeOffset _until;
    private readonly Random _random;
    private readonly Dictionary<AreaCode, int> _serials = [];
    private DateOnly _day;

    /// <param name="until">The day after the last one on which anything happens, China time.</param>
    public PastCases(DirectoryData data, int seed, DateOnly until)
    {
        var view = new DirectoryView(data);
        _scene = new Scene(view);
        var calendar = new WorkCalendar(data.Calendar);
        _year = new PastYear(until, calendar);
        _decider = new IncidentDecider(view, calendar);
        _until = ChinaTime.StartOf(until);
        _random = new Random(seed);
    }

    public IEnumerable<PastCase> Make(long count)
    {
        var made = 0L;
        foreach (var at in _year.Moments(count, _random))
            yield return Make(at, (ushort)(made++ * Places / count));
    }

    /// <summary>The records of a case. They come from no journal: <see cref="JournalRecord.Hash"/> is empty.</summary>
    public static IEnumerable<JournalRecord> Records(PastCase made, long firstSeq)
    {
        var (number, version) = (made.State!.Number, 0L);
        foreach (var (command, fact) in made.Facts)
            yield return MadeRecord.Of(
                firstSeq + version, number.Value, ++version, command, number.Grid.District, fact);
    }

    private PastCase Make(DateTimeOffset at, ushort place)
    {
        var (grid, standard) = (_scene.Grid(_random), _scene.Standard(_random));
        while (_scene.Owner(grid, standard.Line, toDepartment: false, _random) is null)
            (grid, standard) = (_scene.Grid(_random), _scene.Standard(_random));

        var made = new PastCase(Number(grid.Code, ChinaTime.Day(at)), place, at, _until, _decider, _random);
        made.After(TimeSpan.Zero, id => Report(id, grid, standard));
        var kind = _random.NextDouble();
        Handle(made, grid, standard, isReturned: kind < ReturnedShare, _random.NextDouble() < LateShare);
        if (kind is >= ReturnedShare and < ReturnedShare + ReworkedShare)
        {
            made.After(
                Minutes(3, 25), id => new InspectIncident(id, Office(Role.Inspector, grid.Town), false, "整改不到位"));
            Resolve(made, isLate: false);
        }

        made.After(Minutes(3, 25), id => new InspectIncident(id, Office(Role.Inspector, grid.Town), true, null));
        made.After(Minutes(5, 120), id => new TellReporter(id, Office(Role.Dispatcher, grid.Town), "已电话告知处理结果"));
        made.After(Minutes(60, 1_440), id => new EvaluateIncident(id, Office(Role.Resident, grid.Town), Score(), null));
        return made;
    }

    private CaseNumber Number(AreaCode grid, DateOnly day)
    {
        if (day != _day)
        {
            _day = day;
            _serials.Clear();
        }

        return CaseNumber.Create(grid, day, _serials[grid] = _serials.GetValueOrDefault(grid) + 1);
    }

    private ReportIncident Report(Guid id, SceneGrid grid, FilingStandard standard)
    {
        var building = grid.Buildings.IsEmpty ? null : grid.Buildings[_random.Next(grid.Buildings.Length)];
        var source = _random.Next(3);
        var by = source == 0 ? Worker(grid.Workers[_random.Next(grid.Workers.Length)].Id, grid.Code)
            : source == 1 ? Office(Role.Resident, grid.Town) : Office(Role.Dispatcher, grid.Town);
        return new ReportIncident(
            id, by, standard.Category, $"{building?.Name}附近{standard.Name}：{standard.FilingCondition}",
            building?.Position,
            null, null, (Source)source, null, null);
    }

    /// <summary>Up to where it waits for its inspection.</summary>
    private void Handle(PastCase made, SceneGrid grid, FilingStandard standard, bool isReturned, bool isLate)
    {
        var first = Dispatch(made, grid, standard, toDepartment: false);
        if (isReturned)
        {
            made.After(Minutes(2, 14), id => new ReturnIncident(id, first, "不属于本岗位职责，建议改派"));
            first = Dispatch(made, grid, standard, toDepartment: true);
        }

        made.After(Minutes(1, 14), id => new AcceptIncident(id, first));
        Resolve(made, isLate);
    }

    private Actor Dispatch(PastCase made, SceneGrid grid, FilingStandard standard, bool toDepartment)
    {
        var owner = _scene.Owner(grid, standard.Line, toDepartment, _random)
            ?? _scene.Owner(grid, standard.Line, false, _random)!.Value;
        made.After(Minutes(1, 14), id => new DispatchIncident(id, Office(Role.Dispatcher, grid.Town), owner.Id));
        return Worker(owner.Id, owner.Area);
    }

    private void Resolve(PastCase made, bool isLate)
    {
        var share = isLate ? 1.02 + (_random.NextDouble() * 0.5) : 0.05 + (_random.NextDouble() * 0.9);
        var owner = Worker(made.State!.Owner!, made.State.Number.Grid);
        made.After(
            made.Left * share, id => new ResolveIncident(id, owner, s_results[_random.Next(s_results.Length)], []));
    }

    private int Score() => s_scores[_random.Next(s_scores.Length)];

    private TimeSpan Minutes(double from, double to) =>
        TimeSpan.FromSeconds((int)((from + (_random.NextDouble() * (to - from))) * 60));

    private static Actor Worker(string id, AreaCode area) =>
        new(id, id, Role.Worker, area, id, ImmutableArray<Line>.Empty);

    private static Actor Office(Role role, AreaCode town) =>
        new($"{role.ToString().ToLowerInvariant()}-{town.Value}", role.ToString(), role, town, null,
            ImmutableArray<Line>.Empty);
}
