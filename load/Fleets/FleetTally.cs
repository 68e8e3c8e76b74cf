using System.Collections.Concurrent;
using GridMesh.Load.Measuring;

namespace GridMesh.Load.Fleets;

/// <summary>What a fleet counts over a phase. Safe for many clients at once.</summary>
internal sealed class FleetTally
{
    /// <summary>Most different reasons kept.</summary>
    private const int ReasonsMax = 50;

    private readonly ConcurrentDictionary<string, int> _reasons = new();
    private long _frames;
    private long _changes;
    private long _frameBytes;
    private long _gaps;
    private long _breaks;
    private long _snapshots;
    private long _resumes;

    /// <summary>Frames that came, without signs of life.</summary>
    public long Frames => Interlocked.Read(ref _frames);

    /// <summary>Frames as they were made: one that was merged out of three counts three times.</summary>
    public long Changes => Interlocked.Read(ref _changes);

    public long FrameBytes => Interlocked.Read(ref _frameBytes);

    /// <summary>Frames that did not fit what the client held.</summary>
    public long Gaps => Interlocked.Read(ref _gaps);

    /// <summary>Connections that ended without the client's will.</summary>
    public long Breaks => Interlocked.Read(ref _breaks);

    public long Snapshots => Interlocked.Read(ref _snapshots);

    public long Resumes => Interlocked.Read(ref _resumes);

    /// <summary>Time from making a frame to its arrival: of a merged one, since its last part was made.</summary>
    public Histogram Ages { get; } = new();

    /// <summary>Time from making a change to its arrival: each part of a merged frame counts for itself.</summary>
    public Histogram ChangeAges { get; } = new();

    /// <summary>Why connections broke or were refused.</summary>
    public IReadOnlyDictionary<string, int> Reasons => _reasons;

    /// <param name="now">Ticks of UTC on arrival.</param>
    public void Frame(in FrameHead head, int bytes, AreaLog log, long now)
    {
        Interlocked.Increment(ref _frames);
        Interlocked.Add(ref _changes, head.To - head.From);
        Interlocked.Add(ref _frameBytes, bytes);
        log.Note(head);
        Ages.Record(TimeSpan.FromTicks(now - head.At));
        for (var version = head.To; version > head.From && version > head.To - AreaLog.FramesMax; version--)
        {
            var made = version == head.To ? head.At : log.MadeAt(version, head.From, head.At);
            ChangeAges.Record(TimeSpan.FromTicks(now - made));
        }
    }

    public void Gap() => Interlocked.Increment(ref _gaps);

    public void Snapshot() => Interlocked.Increment(ref _snapshots);

    public void Resume() => Interlocked.Increment(ref _resumes);

    public void Break(string reason)
    {
        Interlocked.Increment(ref _breaks);
        if (_reasons.Count < ReasonsMax || _reasons.ContainsKey(reason))
        {
            _reasons.AddOrUpdate(reason, 1, static (_, count) => count + 1);
        }
    }
}
