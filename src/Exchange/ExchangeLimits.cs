namespace GridMesh.Exchange;

/// <summary>How much one package may hold: far above any city, far below what would bring the process down.</summary>
public static class ExchangeLimits
{
    /// <summary>
    /// Largest file of a package in bytes, unpacked. Counted while reading, whatever an archive's index says.
    /// </summary>
    public const long FileBytesMax = 256L * 1024 * 1024;

    /// <summary>Largest unpacked journal in bytes; it is read line by line and never held whole.</summary>
    public const long JournalBytesMax = 64L * 1024 * 1024 * 1024;

    /// <summary>
    /// Most entries of an archive, of whatever name: its index is held in memory, some 500 bytes an entry. Whoever has
    /// more photos writes a folder, which has no such bound.
    /// </summary>
    public const int ArchiveEntriesMax = 200_000;

    public const int AreasMax = 100_000;

    public const int BuildingsMax = 2_000_000;

    public const int WorkersMax = 500_000;

    public const int DepartmentsMax = 20_000;

    public const int DevicesMax = 2_000_000;

    public const int StandardsMax = 5_000;

    public const int CalendarDaysMax = 10_000;

    /// <summary>Years that a calendar may name: any day then has a day before it and one after.</summary>
    public const int YearMin = 1900;

    public const int YearMax = 2200;

    /// <summary>Longest event of a calendar in days: a longer one is a slip of the pen.</summary>
    public const int EventDaysMax = 31;

    /// <summary>Largest iCalendar in bytes: it is held whole.</summary>
    public const long CalendarBytesMax = 16L * 1024 * 1024;

    /// <summary>Longest line of an iCalendar in characters, unfolded.</summary>
    public const int CalendarLineMax = 16 * 1024;

    public const int LadderRowsMax = 2_000;

    /// <summary>Most points of one area, in all its rings together.</summary>
    public const int ShapePointsMax = 100_000;

    /// <summary>Longest name or text of a field in characters.</summary>
    public const int NameMax = 100;

    /// <summary>Longest condition of a filing standard in characters.</summary>
    public const int ConditionMax = 1_000;

    /// <summary>Most problems that are listed one by one; the rest is counted.</summary>
    public const int ProblemsMax = 1_000;

    /// <summary>
    /// Longest line of a journal file in bytes: a fact's largest payload, in base64, and the rest of it.
    /// </summary>
    public const int JournalLineMax = 256 * 1024;
}
