namespace GridMesh.Load.Faults;

internal sealed class Timeline(TimeProvider time)
{
    private readonly long _began = time.GetTimestamp();
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, int> _codes = new();

    public int Answered { get; private set; }
    public int Failed => _codes.Values.Sum();
    public IReadOnlyDictionary<string, int> Codes => _codes;

    /// <summary>Since the beginning, of the first answer.</summary>
    public TimeSpan? First { get; private set; }

    /// <summary>Of the commands that were answered, the longest since its first attempt.</summary>
    public TimeSpan Slowest { get; private set; }

    /// <summary>Since the beginning; null when no attempt failed.</summary>
    public TimeSpan? LastFailure { get; private set; }

    public void Answer(TimeSpan took)
    {
        lock (_gate)
            (Answered, Slowest, First) =
                (Answered + 1, took > Slowest ? took : Slowest, First ?? time.GetElapsedTime(_began));
    }

    public void Fail(string code)
    {
        _codes.AddOrUpdate(code, 1, static (_, count) => count + 1);
        LastFailure = time.GetElapsedTime(_began);
    }
}
