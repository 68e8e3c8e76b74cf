using System.Diagnostics;
using System.Runtime.InteropServices;

namespace GridMesh.Gateway.Evidence;

/// <summary>
/// Bytes of a photo for its decoder, which asks for a few thousand at a time. When it has had its time, it is told that
/// there are no more. The time is the processor's for this thread, where the system tells it: a busy machine refuses
/// no photo.
/// </summary>
internal sealed class DecodingStream(byte[] bytes, TimeSpan max) : MemoryStream(bytes, writable: false)
{
    private readonly TimeSpan _end = ThreadTime() + max;

    /// <summary>It was cut off.</summary>
    public bool IsOver { get; private set; }

    public override int Read(byte[] buffer, int offset, int count)
    {
        IsOver |= ThreadTime() > _end;
        return IsOver ? 0 : base.Read(buffer, offset, count);
    }

    private static TimeSpan ThreadTime()
    {
        const int ThreadClock = 3; // CLOCK_THREAD_CPUTIME_ID of Linux
        return OperatingSystem.IsLinux() && ClockGetTime(ThreadClock, out var time) == 0
            ? new TimeSpan((time.Seconds * TimeSpan.TicksPerSecond) + (time.Nanoseconds / TimeSpan.NanosecondsPerTick))
            : Stopwatch.GetElapsedTime(0);
    }

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ClockGetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct TimeSpec
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}
