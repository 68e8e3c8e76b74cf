using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Grids;
using GridMesh.Contracts.Incidents;

namespace GridMesh.Gateway.Incidents;

/// <summary>The way of a report from the door to the case: a number from the grid, then the case itself.</summary>
internal sealed class IncidentDesk(IClusterClient client)
{
    /// <summary>How often a number may turn out to be another case's, while a grid moves between silos.</summary>
    private const int TriesMax = 5;

    public async Task<CommandOutcome> ReportAsync(AreaCode grid, ReportIncident report)
    {
        CaseNumber? taken = null;
        for (var tries = 1; ; tries++)
        {
            var issued = await client.GetGrain<IGridGrain>(grid.Value)
                .IssueNumberAsync(report.CommandId, report.AlarmKey, taken);
            if (issued.Number is not { } number)
            {
                return new CommandOutcome(issued.Reject, null);
            }

            var outcome = await ExecuteAsync(number, report);
            if (outcome.Reject != RejectCode.CaseAlreadyReported || tries == TriesMax)
            {
                return outcome;
            }

            taken = number;
        }
    }

    public Task<CommandOutcome> ExecuteAsync(CaseNumber number, IncidentCommand command) =>
        client.GetGrain<IIncidentGrain>(number.Value).ExecuteAsync(command);

    public Task<IncidentView?> FindAsync(CaseNumber number) =>
        client.GetGrain<IIncidentGrain>(number.Value).GetAsync();
}
