using GridMesh.Contracts.Facts;

namespace GridMesh.Contracts.Incidents;

/// <summary>
/// Something that happened to a case. Facts carry what was computed when they were decided (deadlines above all), so
/// that a fold needs no clock, calendar or standard.
/// </summary>
[GenerateSerializer, Immutable, Alias("IncidentFact")]
public abstract record IncidentFact([property: Id(0)] DateTimeOffset At, [property: Id(1)] string By) : IFact
{
    /// <summary>
    /// The fact for eyes that have no business with the people of the case: what identifies them is gone from it. Each
    /// kind that holds words says how.
    /// </summary>
    public virtual IncidentFact WithoutPersons() => this;
}
