namespace GridMesh.Contracts.Codes;

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
