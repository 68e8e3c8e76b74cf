namespace GridMesh.Load.Cluster;

/// <summary>What happened to commands within one second.</summary>
/// <param name="Failed">Attempts that met a fault or no answer.</param>
/// <param name="Slowest">Of the commands that were answered in this second, the longest since its first attempt.</param>
internal readonly record struct Second(int Number, int Answered, int Failed, TimeSpan Slowest);

/// <summary>
/// Keeps, second by second, what became of commands since it began, and which codes the failed attempts met. Safe for
/// many writers.
/// </summary>
internal sealed class Timeline(TimeProvider time)
{
    /// <summary>Most seconds kept; what comes later counts for the last one.</summary>
    public const int SecondsMax = 3_600;

    private readonly long _began = time.GetTimestamp();
    private readonly Lock _gate = new();
    private readonly Dictionary<int, Second> _seconds = [];
    private readonly SortedDictionary<string, int> _codes = new(StringComparer.Ordinal);
    private TimeSpan? _lastFailure;

    public int Answered => Sum(second => second.Answered);

    public int Failed => Sum(second => second.Failed);

    public TimeSpan Slowest => Read(() => _seconds.Values.Select(second => second.Slowest).DefaultIfEmpty().Max());

    /// <summary>Since the beginning; null when no attempt failed.</summary>
    public TimeSpan? LastFailure => Read(() => _lastFailure);

    public IReadOnlyDictionary<string, int> Codes => Read(() => new Dictionary<string, int>(_codes));

    /// <summary>Every second in which something happened, in order.</summary>
    public IReadOnlyList<Second> Seconds => Read(() => _seconds.Values.OrderBy(second => second.Number).ToArray());

    public void Answer(TimeSpan took) => Change(second => second with
    {
        Answered = second.Answered + 1, Slowest = took > second.Slowest ? took : second.Slowest,
    });

    public void Fail(string code)
    {
        Change(second => second with { Failed = second.Failed + 1 });
        lock (_gate)
        {
            _codes[code] = _codes.GetValueOrDefault(code) + 1;
            _lastFailure = time.GetElapsedTime(_began);
        }
    }

    private int Sum(Func<Second, int> count) => Read(() => _seconds.Values.Sum(count));

    private T Read<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }

    private void Change(Func<Second, Second> change)
    {
        lock (_gate)
        {
            var number = Math.Min(SecondsMax, (int)time.GetElapsedTime(_began).TotalSeconds);
            _seconds[number] = change(_seconds.TryGetValue(number, out var second) ? second : new Second(number, 0, 0, default));
        }
    }
}
