using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Facts;
using GridMesh.Contracts.Geo;

namespace GridMesh.Contracts.Incidents;

/// <summary>Opens the case under the number that is the grain's key.</summary>
/// <param name="Line">Null: the line of the category's standard.</param>
/// <param name="AlarmKey">For device alarms: the same key again while the case is open is one case.</param>
/// <param name="Order">The order of the hotline that it is; its kind sets the limit. Null for other cases.</param>
[GenerateSerializer, Immutable, Alias("ReportIncident")]
public sealed record ReportIncident(
    Guid CommandId,
    Actor By,
    [property: Id(0)] string Category,
    [property: Id(1)] string Description,
    [property: Id(2)] GeoPoint? Position,
    [property: Id(3)] Line? Line,
    [property: Id(4)] Severity? Severity,
    [property: Id(5)] Source Source,
    [property: Id(6)] string? Reporter,
    [property: Id(7)] string? AlarmKey,
    [property: Id(8)] HotlineOrder? Order = null) : IncidentCommand(CommandId, By), ICommand
{
    /// <summary>An alarm's words are made of its standard's, which may have changed since.</summary>
    ICommand ICommand.AsSent =>
        AlarmKey is null ? this : this with { Category = string.Empty, Description = string.Empty };
}

/// <param name="DispatchDue">When it has to be dispatched by.</param>
/// <param name="Limit">The standard's limit when it was filed, in units of <paramref name="Clock"/>; it stays the
/// case's own, whatever becomes of the standard. Null in facts from before it was kept.</param>
/// <param name="Ladder">The rungs that the case was filed under, its own like the limit; null where no ladder is.
/// </param>
[CaseFact(isPublic: true, isCounted: true)]
[GenerateSerializer, Immutable, Alias("IncidentReported")]
public sealed record IncidentReported(
    DateTimeOffset At,
    string By,
    [property: Id(0)] string Category,
    [property: Id(1)] Line Line,
    [property: Id(2)] Severity Severity,
    [property: Id(3), Words] string Description,
    [property: Id(4)] GeoPoint? Position,
    [property: Id(5)] Source Source,
    [property: Id(6), Contact] string? Reporter,
    [property: Id(7)] string? AlarmKey,
    [property: Id(8)] DateTimeOffset DispatchDue,
    [property: Id(9)] int? Limit = null,
    [property: Id(10)] ClockKind? Clock = null,
    [property: Id(11)] HotlineOrder? Order = null,
    [property: Id(12)] ImmutableArray<Rung>? Ladder = null) : IncidentFact(At, By)
{
    /// <summary>A resident who reports is personal too.</summary>
    public override IncidentFact WithoutPersons() => this with
    {
        By = Source == Source.Resident ? string.Empty : By,
        Description = PersonalText.Mask(Description),
        Reporter = null,
    };
}

/// <summary>The same alarm again while the case is open: one case, one more sighting.</summary>
[CaseFact(isPublic: false, isCounted: true)]
[GenerateSerializer, Immutable, Alias("IncidentSeenAgain")]
public sealed record IncidentSeenAgain(DateTimeOffset At, string By, [property: Id(0), Words] string Description)
    : IncidentFact(At, By)
{
    public override IncidentFact WithoutPersons() => this with { Description = PersonalText.Mask(Description) };
}
