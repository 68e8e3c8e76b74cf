using GridMesh.Contracts.Codes;

namespace GridMesh.Contracts.Incidents;

/// <summary>How a report ended.</summary>
/// <param name="Row">What the grid of the case has to know of it; null where there is no case.</param>
[GenerateSerializer, Immutable, Alias("ReportedCase")]
public sealed record ReportedCase([property: Id(0)] CommandOutcome Outcome, [property: Id(1)] CaseRow? Row);

/// <summary>One case: a fold of its facts. Key: the case number.</summary>
[Alias("IIncidentGrain")]
public interface IIncidentGrain : IGrainWithStringKey
{
    /// <summary>
    /// Decides, writes the facts to the journal and only then answers.
    /// Throws <see cref="Storage.StorageUnavailableException"/> when the journal could not take them.
    /// </summary>
    [Alias("Execute")]
    Task<CommandOutcome> ExecuteAsync(IncidentCommand command);

    /// <summary>The same for a report, on behalf of the case's grid: the row comes with the answer.</summary>
    [Alias("Report")]
    Task<ReportedCase> ReportAsync(ReportIncident report);

    /// <summary>The case, or null when no case has this number.</summary>
    [Alias("Get")]
    Task<IncidentView?> GetAsync();

    /// <summary>
    /// The grid's clock says that <paramref name="due"/> of <paramref name="step"/> has come: the deadline, or a rung
    /// of the ladder after it. Writes one <see cref="DeadlinePassed"/> or <see cref="RungPassed"/> if it still holds;
    /// false if the case has moved on or has it already.
    /// </summary>
    [Alias("PassDeadline")]
    Task<bool> PassDeadlineAsync(Step step, DateTimeOffset due);
}
