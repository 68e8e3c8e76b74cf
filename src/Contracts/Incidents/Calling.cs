using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Facts;

namespace GridMesh.Contracts.Incidents;

/// <summary>Calls other lines of work to the case 多条线协同: they see it and say what they know, one owns it.</summary>
[GenerateSerializer, Immutable, Alias("CallLines")]
public sealed record CallLines(
    Guid CommandId, Actor By, [property: Id(0)] ImmutableArray<Line> Lines, [property: Id(1)] string Reason)
    : IncidentCommand(CommandId, By);

/// <summary>A word of somebody who sees the case and works on such.</summary>
[GenerateSerializer, Immutable, Alias("NoteIncident")]
public sealed record NoteIncident(Guid CommandId, Actor By, [property: Id(0)] string Text)
    : IncidentCommand(CommandId, By);

/// <summary>Other lines of work see the case from now on; its line, owner and clock stay.</summary>
/// <param name="Lines">Those that did not see it before.</param>
[CaseFact(isPublic: false, isCounted: false)]
[GenerateSerializer, Immutable, Alias("LinesCalled")]
public sealed record LinesCalled(
    DateTimeOffset At, string By, [property: Id(0)] ImmutableArray<Line> Lines, [property: Id(1), Words] string Reason)
    : IncidentFact(At, By)
{
    public override IncidentFact WithoutPersons() => this with { Reason = PersonalText.Mask(Reason) };
}

/// <summary>Somebody who works on cases has something to say about it.</summary>
[CaseFact(isPublic: false, isCounted: false)]
[GenerateSerializer, Immutable, Alias("IncidentNoted")]
public sealed record IncidentNoted(
    DateTimeOffset At, string By, [property: Id(0), Words] string Text) : IncidentFact(At, By)
{
    public override IncidentFact WithoutPersons() => this with { Text = PersonalText.Mask(Text) };
}
