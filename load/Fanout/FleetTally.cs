namespace GridMesh.Load.Fanout;

/// <summary>When each frame of an area was made, as the first client that got it alone says.</summary>
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

    /// <summary>When this version was made; not known, the nearest one before it: never too young.</summary>
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

/// <summary>Safe for many at once.</summary>
internal sealed class Counter
{
    private long _value;
    public long Value => Interlocked.Read(ref _value);

    public void Add(long more = 1) => Interlocked.Add(ref _value, more);
}

internal sealed class FleetTally
{
    private const int ReasonsMax = 50;
    private readonly ConcurrentDictionary<string, int> _reasons = new();

    public Counter Frames { get; } = new();

    /// <summary>Frames as they were made: one that was merged out of three counts three times.</summary>
    public Counter Changes { get; } = new();
    public Counter FrameBytes { get; } = new();

    public Counter Gaps { get; } = new();
    public Counter Breaks { get; } = new();
    public Counter Snapshots { get; } = new();
    public Counter Resumes { get; } = new();

    /// <summary>Time from making a change to its arrival: each part of a merged frame counts for itself.</summary>
    public HistogramBase ChangeAges { get; } = Durations.Create();

    public IEnumerable<string> Reasons => _reasons.Select(reason => $"{reason.Value} x {reason.Key}");

    /// <param name="now">Ticks of UTC on arrival.</param>
    public void Frame(in FrameHead head, int bytes, AreaLog log, long now)
    {
        Frames.Add();
        Changes.Add(head.To - head.From);
        FrameBytes.Add(bytes);
        log.Note(head);
        for (var version = head.To; version > head.From && version > head.To - AreaLog.FramesMax; version--)
            ChangeAges.Record(
                TimeSpan.FromTicks(now - (version == head.To ? head.At : log.MadeAt(version, head.From, head.At))));
    }

    public void Break(string reason)
    {
        Breaks.Add();
        if (_reasons.Count < ReasonsMax || _reasons.ContainsKey(reason))
            _reasons.AddOrUpdate(reason, 1, static (_, count) => count + 1);
    }
}
