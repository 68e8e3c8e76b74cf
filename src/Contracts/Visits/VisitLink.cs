using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Facts;
using GridMesh.Contracts.Incidents;

namespace GridMesh.Contracts.Visits;

/// <summary>Why a household is visited.</summary>
[GenerateSerializer, Alias("VisitKind")]
public enum VisitKind
{
    /// <summary>A party member keeps in touch with it 党员联系户: three times a month.</summary>
    Party,

    /// <summary>The people of the grid come by 普遍走访: six times a year, once in two months.</summary>
    General,
}

/// <summary>Somebody visits a household 走访.</summary>
/// <param name="Visitor">Id of a worker, or of a party member; 1-<see cref="VisitorMax"/> characters.</param>
[GenerateSerializer, Immutable, Alias("VisitLink")]
public sealed record VisitLink(
    [property: Id(0)] string Id, [property: Id(1)] VisitKind Kind, [property: Id(2)] string Visitor,
    [property: Id(3)] BuildingCode Building, [property: Id(4), Contact] string Household)
{
    public const int VisitorMax = 64;

    public const int HouseholdMax = 32;

    /// <summary>Most households of one party member (DOMAIN "Visit": 10-20).</summary>
    public const int HouseholdsMax = 20;

    /// <summary>Most links of a grid.</summary>
    public const int LinksMax = 5_000;
}

/// <summary>A link and how it stands in its period.</summary>
/// <param name="From">First day of the period, as yyyyMMdd.</param>
/// <param name="To">Last day of the period.</param>
/// <param name="Needed">Visits of a period.</param>
/// <param name="LastAt">Null before the first visit.</param>
[GenerateSerializer, Immutable, Alias("VisitView")]
public sealed record VisitView(
    [property: Id(0)] VisitLink Link, [property: Id(1)] int From, [property: Id(2)] int To,
    [property: Id(3)] int Needed, [property: Id(4)] int Done, [property: Id(5)] DateTimeOffset? LastAt);

/// <summary>
/// An order to the visits of one grid. The same <see cref="CommandId"/> again is answered as the first time.
/// </summary>
[GenerateSerializer, Immutable, Alias("VisitCommand")]
public abstract record VisitCommand([property: Id(0)] Guid CommandId, [property: Id(1)] Actor By) : ICommand;

/// <param name="Link">Checked by the gateway.</param>
[GenerateSerializer, Immutable, Alias("LinkHousehold")]
public sealed record LinkHousehold(Guid CommandId, Actor By, [property: Id(0)] VisitLink Link)
    : VisitCommand(CommandId, By);

[GenerateSerializer, Immutable, Alias("EndLink")]
public sealed record EndLink(Guid CommandId, Actor By, [property: Id(0)] string Link, [property: Id(1)] string Reason)
    : VisitCommand(CommandId, By);

/// <param name="Text">What was heard and promised.</param>
[GenerateSerializer, Immutable, Alias("RecordVisit")]
public sealed record RecordVisit(
    Guid CommandId, Actor By, [property: Id(0)] string Link, [property: Id(1)] string Text)
    : VisitCommand(CommandId, By);

/// <param name="Visit">The link that it was about; null where it has ended.</param>
[GenerateSerializer, Immutable, Alias("VisitOutcome")]
public sealed record VisitOutcome([property: Id(0)] RejectCode? Reject, [property: Id(1)] VisitView? Visit);

/// <summary>The visits of one grid. Key: the grid's 15 digits.</summary>
[Alias("IVisitGrain")]
public interface IVisitGrain : IGrainWithStringKey
{
    /// <summary>Answered once the fact is durable.</summary>
    [Alias("Execute")]
    Task<VisitOutcome> ExecuteAsync(VisitCommand command);

    /// <summary>Every link as it stands now: those that lack most come first.</summary>
    [Alias("GetVisits")]
    Task<ImmutableArray<VisitView>> GetVisitsAsync();
}
