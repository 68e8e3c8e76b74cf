namespace GridMesh.Engine.Calls;

/// <summary>Says whether this thread may run a call itself or has to queue it.</summary>
/// <remarks>
/// A call that runs on the thread of its caller is the fast path. It is bounded twice: in depth, for the stack, and in
/// number, so that a caller in a tight loop yields its thread to other grains from time to time.
/// </remarks>
internal static class InlineBudget
{
    private const int DepthMax = 12;
    private const int CallsPerYield = 128;

    [ThreadStatic]
    private static int _depth;

    [ThreadStatic]
    private static int _calls;

    public static bool TryTake()
    {
        if (_depth >= DepthMax)
            return false;
        if (++_calls < CallsPerYield)
            return true;
        _calls = 0;
        return false;
    }

    public static void Enter() => _depth++;

    public static void Leave() => _depth--;
}
