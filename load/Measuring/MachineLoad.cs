using System.Globalization;
using System.Runtime.InteropServices;
using GridMesh.Load.Reports;

namespace GridMesh.Load.Measuring;

/// <summary>Says what else the machine had to do.</summary>
internal static class MachineLoad
{
    private const string LoadFile = "/proc/loadavg";

    /// <summary>The system's load average of one minute; null where the system keeps none.</summary>
    public static double? Read() => File.Exists(LoadFile)
        ? double.Parse(File.ReadAllText(LoadFile).Split(' ')[0], CultureInfo.InvariantCulture)
        : null;

    public static Machine Describe(double? loadAtStart) => new(
        RuntimeInformation.OSDescription, RuntimeInformation.FrameworkDescription, Environment.ProcessorCount, loadAtStart, Read())
    {
        MemoryMb = Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e6),
    };
}
