namespace GridMesh.Contracts.Incidents;

/// <summary>Where a case stands in the closed loop (DOMAIN "The closed loop"). The open steps come first.</summary>
[GenerateSerializer, Alias("Step")]
public enum Step
{
    Reported,
    Dispatched,
    Handling,
    Returned,
    Inspecting,
    Feedback,
    Closed,
    Evaluated,
    Rejected,
    Merged,
}

/// <summary>The seven lines of work 条线.</summary>
[GenerateSerializer, Alias("Line")]
public enum Line
{
    /// <summary>党建</summary>
    PartyBuilding,

    /// <summary>综治</summary>
    PublicSecurity,

    /// <summary>民政</summary>
    CivilAffairs,

    /// <summary>城管</summary>
    UrbanManagement,

    /// <summary>信访</summary>
    Petitions,

    /// <summary>应急</summary>
    Emergency,

    /// <summary>防疫</summary>
    Epidemic,
}

[GenerateSerializer, Alias("Severity")]
public enum Severity
{
    Normal,
    Urgent,
    Major,
}

/// <summary>Who saw it first.</summary>
[GenerateSerializer, Alias("Source")]
public enum Source
{
    Worker,
    Resident,
    Hotline,
    Camera,
    Drone,
    Sensor,
}

public static class Lines
{
    /// <summary>True when a line is among those somebody is limited to; nobody is limited to none.</summary>
    public static bool Include(this ImmutableArray<Line> lines, Line line) =>
        lines.IsDefaultOrEmpty || lines.Contains(line);

    /// <summary>The lines as bits, the first line the lowest one.</summary>
    public static int ToBits(this ImmutableArray<Line> lines) =>
        lines.IsDefaultOrEmpty ? 0 : lines.Aggregate(0, (bits, line) => bits | (1 << (int)line));

    /// <summary>The lines of some bits, in their order.</summary>
    public static ImmutableArray<Line> OfBits(int bits) =>
        [.. Enum.GetValues<Line>().Where(line => (bits & (1 << (int)line)) != 0)];
}

public static class Steps
{
    /// <summary>True until the case is closed, evaluated, rejected or merged.</summary>
    public static bool IsOpen(this Step step) => step < Step.Closed;
}
