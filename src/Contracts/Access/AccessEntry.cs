using GridMesh.Contracts.Codes;

namespace GridMesh.Contracts.Access;

/// <summary>What somebody read of people.</summary>
public enum AccessKind
{
    /// <summary>A case with the words that were written and who reported it.</summary>
    Case,

    /// <summary>The way that a worker walked.</summary>
    Track,
    Photo,

    /// <summary>Who is watched over, visited or helped.</summary>
    Household,

    /// <summary>This record.</summary>
    Record,

    /// <summary>A telephone number whole.</summary>
    Contact,

    /// <summary>What names somebody, by a keyed hash of what was looked for.</summary>
    Person,
}

/// <summary>Somebody read something about people.</summary>
/// <param name="Area">Where what was read belongs to.</param>
/// <param name="Subject">What was read: the code or number in the path, 1-<see cref="SubjectMax"/> characters.</param>
public sealed record AccessEntry(
    DateTimeOffset At, string Sub, Role Role, AccessKind Kind, AreaCode Area, string Subject)
{
    public const int SubjectMax = 100;
}
