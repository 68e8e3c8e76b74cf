namespace GridMesh.Load.Fleets;

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
        {
            return;
        }

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
    /// When the frame was made that led to this version; where nobody got it alone, when the nearest known one before it
    /// was made, so that an age is never too young.
    /// </summary>
    /// <param name="lowest">Least version looked at.</param>
    /// <param name="otherwise">The answer when none is known.</param>
    public long MadeAt(long version, long lowest, long otherwise)
    {
        for (var v = version; v >= lowest && v > version - FramesMax; v--)
        {
            ref var slot = ref _made[v % FramesMax];
            if (Volatile.Read(ref slot.Version) == v)
            {
                return slot.At;
            }
        }

        return otherwise;
    }
}
