namespace GridMesh.Load.Fanout;

/// <summary>
/// When each frame of an area was made, as the first client that got it says. A frame that was merged out of several
/// carries the time of the last one only; the log gives back the others.
/// </summary>
internal sealed class AreaLog(string code)
{
    /// <summary>Frames remembered; whoever gets older ones counts them with the oldest age that is known.</summary>
    public const int FramesMax = 4_096;
    private readonly Lock _gate = new();
    private readonly (long Version, long At)[] _made = new (long, long)[FramesMax];
    private long _epoch;
    public string Code => code;

    public void Note(in FrameHead head)
    {
        ref var slot = ref _made[head.To % FramesMax];
        if (Volatile.Read(ref _epoch) == head.Epoch && Volatile.Read(ref slot.Version) == head.To)
            return;
        lock (_gate)
        {
            if (_epoch != head.Epoch)
            {
                Array.Clear(_made);
                _epoch = head.Epoch;
            }

            slot.At = head.At;
            Volatile.Write(ref slot.Version, head.To);
        }
    }

    /// <summary>
    /// When the frame was made that led to this version; where nobody got it alone, when the nearest known one before
    /// it was made, so that an age is never too young.
    /// </summary>
    public long MadeAt(long version, long lowest, long otherwise)
    {
        for (var v = version; v >= lowest && v > version - FramesMax; v--)
        {
            ref var slot = ref _made[v % FramesMax];
            if (Volatile.Read(ref slot.Version) == v)
                return slot.At;
        }

        return otherwise;
    }
}

/// <summary>What a fleet counts over a phase. Safe for many clients at once.</summary>
internal sealed class FleetTally
{
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

    public long Breaks => Interlocked.Read(ref _breaks);
    public long Snapshots => Interlocked.Read(ref _snapshots);
    public long Resumes => Interlocked.Read(ref _resumes);

    /// <summary>Time from making a frame to its arrival: of a merged one, since its last part was made.</summary>
    public HistogramBase Ages { get; } = Durations.Create();

    /// <summary>Time from making a change to its arrival: each part of a merged frame counts for itself.</summary>
    public HistogramBase ChangeAges { get; } = Durations.Create();

    public IEnumerable<string> Reasons => _reasons.Select(reason => $"{reason.Value} x {reason.Key}");

    /// <param name="now">Ticks of UTC on arrival.</param>
    public void Frame(in FrameHead head, int bytes, AreaLog log, long now)
    {
        Interlocked.Increment(ref _frames);
        Interlocked.Add(ref _changes, head.To - head.From);
        Interlocked.Add(ref _frameBytes, bytes);
        log.Note(head);
        Ages.Record(TimeSpan.FromTicks(now - head.At));
        for (var version = head.To; version > head.From && version > head.To - AreaLog.FramesMax; version--)
            ChangeAges.Record(
                TimeSpan.FromTicks(now - (version == head.To ? head.At : log.MadeAt(version, head.From, head.At))));
    }

    public void Gap() => Interlocked.Increment(ref _gaps);

    public void Snapshot() => Interlocked.Increment(ref _snapshots);

    public void Resume() => Interlocked.Increment(ref _resumes);

    public void Break(string reason)
    {
        Interlocked.Increment(ref _breaks);
        if (_reasons.Count < ReasonsMax || _reasons.ContainsKey(reason))
            _reasons.AddOrUpdate(reason, 1, static (_, count) => count + 1);
    }
}
