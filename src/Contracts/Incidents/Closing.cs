using GridMesh.Contracts.Access;
using GridMesh.Contracts.Facts;

namespace GridMesh.Contracts.Incidents;

/// <summary>Tells the reporter how it ended; the case is closed by it.</summary>
[GenerateSerializer, Immutable, Alias("TellReporter")]
public sealed record TellReporter(Guid CommandId, Actor By, [property: Id(0)] string Text)
    : IncidentCommand(CommandId, By);

/// <param name="Score">1 to 5.</param>
[GenerateSerializer, Immutable, Alias("EvaluateIncident")]
public sealed record EvaluateIncident(
    Guid CommandId, Actor By, [property: Id(0)] int Score, [property: Id(1)] string? Comment)
    : IncidentCommand(CommandId, By);

/// <summary>Takes a closed case up again; it is the same case, reported anew.</summary>
[GenerateSerializer, Immutable, Alias("ReopenIncident")]
public sealed record ReopenIncident(Guid CommandId, Actor By, [property: Id(0)] string Reason)
    : IncidentCommand(CommandId, By);

[CaseFact(isPublic: true, isCounted: true)]
[GenerateSerializer, Immutable, Alias("ReporterTold")]
public sealed record ReporterTold(
    DateTimeOffset At, string By, [property: Id(0), Words] string Text) : IncidentFact(At, By)
{
    public override IncidentFact WithoutPersons() => this with { Text = PersonalText.Mask(Text) };
}

[CaseFact(isPublic: false, isCounted: true)]
[GenerateSerializer, Immutable, Alias("IncidentEvaluated")]
public sealed record IncidentEvaluated(
    DateTimeOffset At, string By, [property: Id(0)] int Score, [property: Id(1), Words] string? Comment)
    : IncidentFact(At, By)
{
    public override IncidentFact WithoutPersons() => this with { Comment = PersonalText.Mask(Comment) };
}

/// <summary>A closed case is taken up again and waits for dispatch like a new one.</summary>
[CaseFact(isPublic: true, isCounted: true)]
[GenerateSerializer, Immutable, Alias("IncidentReopened")]
public sealed record IncidentReopened(
    DateTimeOffset At, string By, [property: Id(0), Words] string Reason, [property: Id(1)] DateTimeOffset DispatchDue)
    : IncidentFact(At, By)
{
    public override IncidentFact WithoutPersons() => this with { Reason = PersonalText.Mask(Reason) };
}
