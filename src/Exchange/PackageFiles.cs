namespace GridMesh.Exchange;

/// <summary>Names of the files in a package.</summary>
public static class PackageFiles
{
    public const string Areas = "areas.geojson";
    public const string Buildings = "buildings.csv";
    public const string Workers = "workers.csv";
    public const string Departments = "departments.csv";
    public const string Devices = "devices.csv";
    public const string Standards = "standards.csv";
    public const string Calendar = "calendar.csv";

    /// <summary>In place of <see cref="Calendar"/>.</summary>
    public const string ICalendar = "calendar.ics";

    /// <summary>Optional: without it the clock escalates nothing.</summary>
    public const string Ladders = "ladders.csv";

    /// <summary>Optional: facts, for moving between databases.</summary>
    public const string Journal = "journal.jsonl";

    /// <summary>Optional: a folder with the photos that those facts name.</summary>
    public const string Evidence = "evidence";
}
