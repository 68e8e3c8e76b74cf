using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Grids;
using GridMesh.Contracts.Incidents;
using GridMesh.Gateway.Plumbing.Access;

namespace GridMesh.Gateway.Incidents;

/// <summary>The way of commands from the endpoint to their case; a new case is opened by its grid.</summary>
internal sealed class IncidentService(IClusterClient client)
{
    /// <param name="near">What to look for besides among the grid's open cases; null for nothing.</param>
    public Task<ReportOutcome> ReportAsync(AreaCode grid, ReportIncident report, SimilarQuery? near = null) =>
        client.GetGrain<IGridGrain>(grid.Value).ReportAsync(report, near);

    /// <summary>
    /// Both cases learn of it, the one that goes on first: should the way break off between, the same command again
    /// completes it, and no case is merged into one that does not know.
    /// </summary>
    public async Task<CommandOutcome> MergeAsync(CaseNumber number, MergeIncident merge)
    {
        if (await FindAsync(number) is not { } present)
            return new CommandOutcome(RejectCode.CaseNotFound, null);

        // What the case itself would refuse is refused before the other one is told.
        if (present.Step == Step.Reported && merge.Into != number)
        {
            if (!merge.By.Sees(merge.Into.Grid))
                return new CommandOutcome(RejectCode.AreaIsOutsideYourOwn, present);

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
