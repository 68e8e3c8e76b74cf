using GridMesh.Contracts.Access;
using GridMesh.Contracts.Facts;

namespace GridMesh.Contracts.Incidents;

/// <summary>Somebody in a dispute. Personal: only who may handle the case sees it.</summary>
/// <param name="Name">1-<see cref="NameMax"/> characters.</param>
/// <param name="Contact">How to reach the party, at most <see cref="ContactMax"/> characters.</param>
/// <param name="Role">What the party is in the dispute, at most <see cref="RoleMax"/> characters.</param>
[GenerateSerializer, Immutable, Alias("Party")]
public sealed record Party(
    [property: Id(0), Contact] string Name, [property: Id(1), Contact] string? Contact,
    [property: Id(2), Contact] string? Role)
{
    public const int NameMax = 64;

    public const int ContactMax = 100;

    public const int RoleMax = 64;

    /// <summary>A dispute has two sides.</summary>
    public const int CountMin = 2;

    public const int CountMax = 20;

    /// <summary>How often the parties of one case are named: the last naming counts.</summary>
    public const int NamingsMax = 20;
}

/// <summary>How a session of mediation 调解 ended.</summary>
[GenerateSerializer, Alias("MediationOutcome")]
public enum MediationOutcome
{
    /// <summary>达成协议</summary>
    Agreed,

    /// <summary>择期再调: there will be another one.</summary>
    Adjourned,

    /// <summary>调解不成</summary>
    Failed,

    /// <summary>引导诉讼</summary>
    ReferredToCourt,
}

/// <summary>A session of mediation that was held.</summary>
/// <param name="Mediator">Who led it, 1-<see cref="MediatorMax"/> characters.</param>
/// <param name="Text">What was said.</param>
/// <param name="Agreement">What was agreed on; of <see cref="MediationOutcome.Agreed"/> only.</param>
[GenerateSerializer, Immutable, Alias("MediationSession")]
public sealed record MediationSession(
    [property: Id(0)] DateTimeOffset HeldAt, [property: Id(1), Words] string Mediator,
    [property: Id(2)] MediationOutcome Outcome, [property: Id(3), Words] string Text,
    [property: Id(4), Words] string? Agreement)
{
    public const int MediatorMax = 64;

    /// <summary>Most sessions of one case.</summary>
    public const int CountMax = 20;
}

/// <summary>The mediation of a case as it stands.</summary>
/// <param name="Namings">How often parties were named.</param>
[GenerateSerializer, Immutable, Alias("CaseMediation")]
public sealed record CaseMediation(
    [property: Id(0)] ImmutableArray<Party> Parties, [property: Id(1)] ImmutableArray<MediationSession> Sessions,
    [property: Id(2)] int Namings)
{
    /// <summary>The last session left it open, or there was none.</summary>
    public bool IsOpen => Sessions.IsEmpty || Sessions[^1].Outcome == MediationOutcome.Adjourned;
}

/// <summary>The owner says who the dispute is between.</summary>
/// <param name="Parties"><see cref="Party.CountMin"/> to <see cref="Party.CountMax"/>, checked by the gateway.</param>
[GenerateSerializer, Immutable, Alias("NameParties")]
public sealed record NameParties(Guid CommandId, Actor By, [property: Id(0)] ImmutableArray<Party> Parties)
    : IncidentCommand(CommandId, By);

/// <summary>The owner puts a session of mediation on record.</summary>
[GenerateSerializer, Immutable, Alias("HoldMediation")]
public sealed record HoldMediation(Guid CommandId, Actor By, [property: Id(0)] MediationSession Session)
    : IncidentCommand(CommandId, By);

/// <summary>Who the dispute is between, in place of whoever was named before.</summary>
[CaseFact(isPublic: false, isCounted: false)]
[GenerateSerializer, Immutable, Alias("PartiesNamed")]
public sealed record PartiesNamed(DateTimeOffset At, string By, [property: Id(0)] ImmutableArray<Party> Parties)
    : IncidentFact(At, By)
{
    /// <summary>That they were named.</summary>
    public override IncidentFact WithoutPersons() => this with { Parties = [] };
}

/// <summary>The parties sat together.</summary>
[CaseFact(isPublic: false, isCounted: false)]
[GenerateSerializer, Immutable, Alias("MediationHeld")]
public sealed record MediationHeld(DateTimeOffset At, string By, [property: Id(0)] MediationSession Session)
    : IncidentFact(At, By)
{
    /// <summary>That there was a session, and how it ended: no names, and no words that were said.</summary>
    public override IncidentFact WithoutPersons() => this with
    {
        Session = Session with { Mediator = string.Empty, Text = string.Empty, Agreement = null },
    };
}
