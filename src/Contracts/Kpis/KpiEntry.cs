using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;

namespace GridMesh.Contracts.Kpis;

/// <summary>Names of those whose indices are kept.</summary>
public static class KpiSubject
{
    /// <summary>Longest subject in characters: a prefix and an id of 64.</summary>
    public const int LengthMax = 80;

    /// <summary>Before the id of a worker.</summary>
    public const string Worker = "w:";

    /// <summary>After every worker, as bytes are compared.</summary>
    public const string WorkersEnd = "w;";

    /// <summary>Before the id of a department.</summary>
    public const string Department = "d:";

    /// <summary>After every department, as bytes are compared.</summary>
    public const string DepartmentsEnd = "d;";

    public static string Of(AreaCode area) => area.Value;

    public static string OfWorker(string id) => Worker + id;

    public static string OfDepartment(string id) => Department + id;

    /// <summary>岗位: all who do the same work in an area.</summary>
    public static string OfPost(AreaCode area, WorkerKind kind) => $"p:{area.Value}:{kind}";
}

public readonly record struct KpiCount(KpiCounter Counter, long Value);

/// <summary>What one fact adds to the indices.</summary>
/// <param name="At">When what it counts happened: its hour is where it is added.</param>
/// <param name="Subjects">Everybody whose indices it adds to, each once.</param>
public sealed record KpiEntry(
    DateTimeOffset At, ImmutableArray<string> Subjects, ImmutableArray<KpiCount> Counts);
