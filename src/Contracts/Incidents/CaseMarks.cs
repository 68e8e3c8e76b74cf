using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;

namespace GridMesh.Contracts.Incidents;

/// <summary>What is true of a case besides the step it stands at. All empty for most cases.</summary>
/// <param name="Request">Asked for and not decided.</param>
/// <param name="IsSuspended">Its clock stands still.</param>
/// <param name="SuspendedUntil">When it runs on by itself, while it stands still.</param>
/// <param name="Extensions">Granted so far.</param>
/// <param name="MergedInto">The case that goes on for it.</param>
/// <param name="Merged">Cases that it goes on for.</param>
[GenerateSerializer, Immutable, Alias("CaseMarks")]
public sealed record CaseMarks(
    [property: Id(0)] CaseRequest? Request,
    [property: Id(1)] bool IsSuspended,
    [property: Id(2)] int Extensions,
    [property: Id(3)] Supervision? Supervision,
    [property: Id(4)] int Reopens,
    [property: Id(5)] CaseNumber? MergedInto,
    [property: Id(6)] ImmutableArray<CaseNumber> Merged,
    [property: Id(7)] AppealState Appeal,
    [property: Id(8)] ImmutableArray<Summons> Summons,
    [property: Id(9)] DateTimeOffset? SuspendedUntil = null)
{
    public static readonly CaseMarks None = new(null, false, 0, null, 0, null, [], AppealState.None, []);

    /// <summary>It was called to the case, whether it has come or not.</summary>
    public bool HasSummoned(string department) => Summons.Any(summons => summons.Department == department);

    public CaseMarks WithoutPersons() => Request is { } request
        ? this with { Request = request with { Reason = PersonalText.Mask(request.Reason) } }
        : this;
}
