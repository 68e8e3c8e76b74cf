using GridMesh.Contracts.Directory;

namespace GridMesh.Demo.Traffic;

/// <summary>Who should be on duty when, after the shifts of the directory.</summary>
internal static class ShiftPlan
{
    /// <summary>Instructors sit in offices; everybody else walks.</summary>
    public static bool Walks(WorkerEntry worker) => worker.Kind != WorkerKind.Instructor;

    /// <summary>True from the start of a shift to its end, over midnight too.</summary>
    public static bool IsRunning(WorkerEntry worker, DateTime china)
    {
        var since = china.TimeOfDay - worker.ShiftStart.ToTimeSpan();
        since = since < TimeSpan.Zero ? since + TimeSpan.FromDays(1) : since;
        return since < TimeSpan.FromHours(worker.ShiftHours);
    }
}
