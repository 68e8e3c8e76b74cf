using System.Diagnostics;

namespace GridMesh.Fuzz.Tests;

/// <summary>
/// Tries input after input on one target and goes on from those that reach something new, as AFL and libFuzzer do. The
/// same seed tries the same inputs.
/// </summary>
internal sealed class Hunt(Target target, int seed)
{
    /// <summary>Most that an input may take; most take microseconds.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private const long AllocatedMax = 64_000_000;
    private const int FaultsMax = 20;

    private readonly byte[] _seen = new byte[Coverage.Places];
    private readonly List<byte[]> _known = [];
    private readonly Dictionary<string, string> _faults = [];
    private volatile byte[] _input = [];
    private long _began;

    public int Tried { get; private set; }

    public int Known => _known.Count;

    public int Edges => _seen.Count(one => one > 0);

    public IReadOnlyCollection<string> Faults => _faults.Values;

    /// <summary>Tries <paramref name="inputs"/>, or for some time where that is given.</summary>
    public void Run(int inputs, TimeSpan? time)
    {
        _began = Stopwatch.GetTimestamp();
        var watch = Stopwatch.StartNew();
        var thread = new Thread(() => Try(() => time is null ? Tried < inputs : watch.Elapsed < time))
        {
            IsBackground = true,
        };
        thread.Start();
        while (!thread.Join(TimeSpan.FromSeconds(1)))
        {
            if (Stopwatch.GetElapsedTime(Interlocked.Read(ref _began)) > s_patience)
            {
                _faults["hang"] = $"hangs on {Convert.ToBase64String(_input)}";
                return;
            }
        }
    }

    private void Try(Func<bool> goesOn)
    {
        var words = target.Words.Select(Encoding.UTF8.GetBytes).ToList();
        var mutator = new Mutator(seed, words, 2 * Math.Max(2_048, target.Samples.Max(one => one.Length)));
        foreach (var sample in target.Samples)
            Take(sample, isSample: true);

        while (goesOn() && _faults.Count < FaultsMax)
            Take(mutator.Next(_known), isSample: false);
    }

    private void Take(byte[] input, bool isSample)
    {
        Coverage.Clear();
        var fault = FaultOf(input);
        if (Coverage.AddTo(_seen) > 0 || isSample)
            _known.Add(input);

        Tried++;
        if (fault is null || _faults.ContainsKey(KeyOf(fault)))
            return;

        var least = Shrink(input, KeyOf(fault));
        var text = Encoding.UTF8.GetString(least).Replace("\n", "\\n").Replace("\r", "\\r");
        _faults[KeyOf(fault)] = $"{Convert.ToBase64String(least)} ({text}): {fault}";
    }

    private Exception? FaultOf(byte[] input)
    {
        _input = input;
        Interlocked.Exchange(ref _began, Stopwatch.GetTimestamp());
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            target.Read([.. input]);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            return allocated > AllocatedMax ? new InsufficientMemoryException($"{allocated} bytes") : null;
        }
        catch (Exception e)
        {
            return e;
        }
    }

    /// <summary>Takes away what the fault does not need.</summary>
    private byte[] Shrink(byte[] input, string key)
    {
        for (var length = Math.Max(1, input.Length / 2); length > 0; length /= 2)
        {
            for (var at = 0; at + length <= input.Length;)
            {
                byte[] less = [.. input[..at], .. input[(at + length)..]];
                if (FaultOf(less) is { } fault && KeyOf(fault) == key)
                    input = less;
                else
                    at += length;
            }
        }

        return input;
    }

    /// <summary>Faults of one kind from one place are one.</summary>
    private static string KeyOf(Exception fault) =>
        $"{fault.GetType().Name} {new StackTrace(fault).GetFrame(0)?.GetMethod()} "
        + $"{fault.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains("GridMesh"))}";
}
