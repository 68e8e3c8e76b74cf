namespace GridMesh.Contracts.Directory;

/// <summary>A version of the directory that is kept.</summary>
/// <param name="Number">Counted from 1.</param>
/// <param name="By">Who it came by; null for versions from before that was kept.</param>
/// <param name="What">What was new in it, as in <see cref="DirectoryOrigin"/>; null where <paramref name="By"/> is.
/// </param>
public sealed record DirectoryVersion(int Number, DateTimeOffset SavedAt, string? By, string? What);

/// <summary>Where a version comes from.</summary>
/// <param name="By">The id of a person, or the verb of the program.</param>
/// <param name="What"><c>package</c>, or the tables that were replaced.</param>
public sealed record DirectoryOrigin(string By, string What)
{
    public const string Package = "package";
}

/// <summary>A version with all that is in it.</summary>
public sealed record StoredDirectory(DirectoryVersion Version, DirectoryData Data);

/// <summary>The part of the directory that changes while everything runs: how cases are dealt with.</summary>
public sealed record RuleTables(
    ImmutableArray<FilingStandard> Standards, ImmutableArray<CalendarDay> Calendar, ImmutableArray<LadderRow> Ladders)
{
    public static RuleTables Of(DirectoryData data) => new(data.Standards, data.Calendar, data.Ladders);
}
