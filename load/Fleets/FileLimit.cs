using System.Globalization;

namespace GridMesh.Load.Fleets;

/// <summary>
/// How many files, and with them sockets, a process may have open. The runtime raises its own limit to the highest that
/// the system grants, so what is missing then only an operator can give.
/// </summary>
internal static class FileLimit
{
    /// <summary>Files beside the clients' sockets: assemblies, logs, HTTP, databases.</summary>
    public const int Others = 500;

    private const string LimitsFile = "/proc/self/limits";
    private const string Line = "Max open files";

    /// <summary>The limit in force, or null where there is none or the system does not tell.</summary>
    public static int? Read() => File.Exists(LimitsFile) ? Parse(File.ReadAllText(LimitsFile)) : null;

    /// <summary>What is wrong with so many clients; null when nothing is.</summary>
    public static string? Problem(int clients, int? limit) => limit is { } files && clients + Others > files
        ? $"--clients is {clients}; this system lets a process open {files} files, which is enough for {Math.Max(0, files - Others)}: raise it with ulimit -n"
        : null;

    /// <summary>Reads the limit in force out of the kernel's table.</summary>
    public static int? Parse(string limits)
    {
        var line = limits.Split('\n').FirstOrDefault(line => line.StartsWith(Line, StringComparison.Ordinal));
        var value = line?[Line.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return int.TryParse(value, CultureInfo.InvariantCulture, out var files) ? files : null;
    }
}
