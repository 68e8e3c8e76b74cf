using BenchmarkDotNet.Attributes;
using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Grains.Clocks;
using GridMesh.Grains.Incidents;

namespace GridMesh.Bench.Micro;

/// <summary>
/// A command on a case: the decision, the fact as the journal stores it, the fold, and a fact read back.
/// </summary>
public class IncidentBench
{
    private readonly IncidentDecider _decider = new(District.View, new WorkCalendar(District.View.Data.Calendar));
    private CaseNumber _number;
    private IncidentCommand _report = null!;
    private IncidentCommand _dispatch = null!;
    private IncidentFact _reported = null!;
    private IncidentState _state = null!;

    [GlobalSetup]
    public void Setup()
    {
        var grid = District.Grids[0];
        var standard = District.View.Data.Standards[0];
        var owner = District.View.Data.Workers.First(
            worker => worker.Lines.IsDefaultOrEmpty || worker.Lines.Contains(standard.Line));
        var by = new Actor("bench", "bench", Role.Dispatcher, District.Code, null, []);
        _number = CaseNumber.Create(grid.Code, DateOnly.FromDateTime(District.Now.Date), 1);
        _report = new ReportIncident(
            Guid.NewGuid(), by, standard.Category, "a branch across the road 树枝挡路", grid.Shape.Polygons[0][0][0], null,
            null, Source.Worker, null, null);
        _reported = Decide(null, _report);
        _state = IncidentState.Fold(null, _number, _reported);
        _dispatch = new DispatchIncident(Guid.NewGuid(), by, owner.Id);
        _ = Decide(_state, _dispatch);
    }

    [Benchmark]
    public Decision DecideReport() => _decider.Decide(null, _number, _report, District.Now);

    [Benchmark]
    public IncidentState DecideAndFoldDispatch() => IncidentState.Fold(_state, _number, Decide(_state, _dispatch));

    [Benchmark]
    public byte[] EncodeFact() => IncidentHistory.Encode(_reported);

    private IncidentFact Decide(IncidentState? state, IncidentCommand command)
    {
        var decision = _decider.Decide(state, _number, command, District.Now);
        return decision.Reject is { } reject
            ? throw new InvalidOperationException($"{command.GetType().Name}: {reject}") : decision.Facts[0];
    }
}
