using GridMesh.Grains.Clocks;

namespace GridMesh.Load.Deadlines;

/// <summary>
/// Open cases whose first deadline lies evenly within a span, over all grids: what a whole district has reported in a
/// minute.
/// </summary>
internal sealed class DueCases(DirectoryData data)
{
    private readonly IncidentDecider _decider = new(new DirectoryView(data), new WorkCalendar(data.Calendar));

    private readonly AreaCode[] _grids =
        [.. data.Areas.Select(area => area.Code).Where(code => code.Tier == Tier.Grid).Order()];

    /// <summary>
    /// A report for each case, in the order of the journal. They come from no journal: the hash is empty.
    /// </summary>
    /// <param name="first">When the first one is due.</param>
    /// <param name="span">So much later the last one.</param>
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
            yield return new JournalRecord(
                i + 1, number.Value, 1, command.CommandId, grid.District, fact.GetType().Name, fact.At, fact.By,
                IncidentHistory.Encode(fact), default);
        }
    }
}
