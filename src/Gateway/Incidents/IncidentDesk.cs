using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Grids;
using GridMesh.Contracts.Incidents;
using GridMesh.Gateway.Access;

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

    /// <summary>
    /// Both cases learn of it, the one that goes on first: should the way break off between, the same command again
    /// completes it, and no case is merged into one that does not know.
    /// </summary>
    public async Task<CommandOutcome> MergeAsync(CaseNumber number, MergeIncident merge)
    {
        if (await FindAsync(number) is not { } present)
        {
            return new CommandOutcome(RejectCode.CaseNotFound, null);
        }

        // What the case itself would refuse is refused before the other one is told.
        if (present.Step == Step.Reported && merge.Into != number)
        {
            if (!merge.By.Sees(merge.Into.Grid))
            {
                return new CommandOutcome(RejectCode.AreaIsOutsideYourOwn, present);
            }

            var taken = await ExecuteAsync(
                merge.Into, new TakeMerged(Commands.IdOf(merge.By.Sub, $"take {merge.CommandId}"), merge.By, number));
            if (taken.Reject is { } reject)
            {
                return new CommandOutcome(
                    reject == RejectCode.CaseNotFound ? RejectCode.CaseToMergeIntoIsUnknown : reject, present);
            }
        }

        return await ExecuteAsync(number, merge);
    }

    public Task<CommandOutcome> ExecuteAsync(CaseNumber number, IncidentCommand command) =>
        client.GetGrain<IIncidentGrain>(number.Value).ExecuteAsync(command);

    public Task<IncidentView?> FindAsync(CaseNumber number) =>
        client.GetGrain<IIncidentGrain>(number.Value).GetAsync();
}
