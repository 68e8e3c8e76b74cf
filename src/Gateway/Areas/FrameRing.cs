namespace GridMesh.Gateway.Areas;

/// <summary>
/// The latest frames of an area, for those who come back and those who are behind. Bounded; without the signs of life.
/// Not thread-safe; its channel locks.
/// </summary>
internal sealed class FrameRing(TimeProvider time)
{
    /// <summary>Frames kept however old: about a minute of an area above the grid at four a second.</summary>
    public const int FramesMax = 256;

    /// <summary>Frames kept at most, where they come so fast that who is not too slow yet needs more.</summary>
    public const int YoungMax = 2_048;

    /// <summary>For so long a frame is kept that somebody may still be waiting for.</summary>
    public static readonly TimeSpan YoungAge = ChannelContext.SlowClientMax + TimeSpan.FromSeconds(2);

    private readonly Queue<(ReadyFrame Frame, long At)> _frames = new();
    private readonly Dictionary<long, ReadyFrame> _merged = [];
    private ReadyFrame? _latest;

    public void Add(ReadyFrame frame)
    {
        _merged.Clear();
        if (frame.Frame.From == frame.Frame.To)
            return;

        // Who is one frame behind is sent the latest; who is further behind gets what is merged, or all of them.
        _latest?.Shed();
        _latest = frame;
        _frames.Enqueue((frame, time.GetTimestamp()));
        while (_frames.Count > YoungMax
            || (_frames.Count > FramesMax && time.GetElapsedTime(_frames.Peek().At) > YoungAge))
        {
            _frames.Dequeue();
        }
    }

    /// <summary>The frames after a version in one row, or null when they are not all here.</summary>
    public IReadOnlyList<ReadyFrame>? After(Since since, long epoch, long version)
    {
        if (since.Epoch != epoch || since.Version > version)
            return null;

        var frames = _frames.Select(entry => entry.Frame).Where(frame => frame.Frame.From >= since.Version).ToList();
        return since.Version == version || (frames is [var first, ..] && first.Frame.From == since.Version)
            ? frames
            : null;
    }

    /// <summary>
    /// The frames after a version as one: merged and made into bytes once for all who stand there. Null when they are
    /// not all here.
    /// </summary>
    public ReadyFrame? Merged(Since since, long epoch, long version)
    {
        if (since.Epoch == epoch && _merged.TryGetValue(since.Version, out var known))
            return known;

        var merged = After(since, epoch, version) switch
        {
            null or [] => null,
            [var single] => single,
            var frames => new ReadyFrame(FrameMerge.Merge([.. frames.Select(frame => frame.Frame)])),
        };
        if (merged is not null)
            _merged[since.Version] = merged;

        return merged;
    }

    public void Clear()
    {
        _latest = null;
        _frames.Clear();
        _merged.Clear();
    }
}
