using GridMesh.Grains.Clocks;

namespace GridMesh.Load.Deadlines;

/// <summary>Open cases whose first deadline lies evenly within a span, over all grids.</summary>
internal sealed class DueCases(DirectoryData data)
{
    private readonly IncidentDecider _decider = new(new DirectoryView(data), new WorkCalendar(data.Calendar));

    private readonly AreaCode[] _grids =
        [.. data.Areas.Select(area => area.Code).Where(code => code.Tier == Tier.Grid).Order()];

    public IEnumerable<JournalRecord> Make(int count, DateTimeOffset first, TimeSpan span)
    {
        for (var i = 0; i < count; i++)
        {
            var at = first - StageLimits.Dispatch + (span * ((double)i / count));
            var grid = _grids[i % _grids.Length];
            var number = CaseNumber.Create(grid, ChinaTime.Day(at), (i / _grids.Length) + 1);
            var command = new ReportIncident(
                Guid.NewGuid(), new Actor("load", "load", Role.Dispatcher, grid.District, null, []),
                data.Standards[0].Category,
                "路灯不亮", null, null, null, Source.Worker, null, null);
            var decision = _decider.Decide(null, number, command, at);
            var fact = decision.Reject is { } reject
                ? throw new InvalidOperationException($"the made report is refused: {reject}")
                : decision.Facts.Single();
            yield return MadeRecord.Of(i + 1, number.Value, 1, command.CommandId, grid.District, fact);
        }
    }
}
