using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Grids;
using GridMesh.Contracts.Incidents;

namespace GridMesh.Gateway.Incidents;

/// <summary>The way of a report from the door to the case: a number from the grid, then the case itself.</summary>
internal sealed class IncidentDesk(IClusterClient client)
{
    public async Task<CommandOutcome> ReportAsync(AreaCode grid, ReportIncident report)
    {
        var issued = await client.GetGrain<IGridGrain>(grid.Value).IssueNumberAsync(report.CommandId, report.AlarmKey);
        return issued.Number is { } number
            ? await ExecuteAsync(number, report)
            : new CommandOutcome(issued.Reject, null);
    }

    public Task<CommandOutcome> ExecuteAsync(CaseNumber number, IncidentCommand command) =>
        client.GetGrain<IIncidentGrain>(number.Value).ExecuteAsync(command);

    public Task<IncidentView?> FindAsync(CaseNumber number) =>
        client.GetGrain<IIncidentGrain>(number.Value).GetAsync();
}
