using GridMesh.Contracts.Kpis;
using GridMesh.Contracts.Storage;

namespace GridMesh.Storage.Kpis;

/// <summary>The stretch of the journal that this process has to fold before it writes sums of its own.</summary>
/// <param name="Writer">Whose facts.</param>
/// <param name="From">The sums in the tables reach to here.</param>
/// <param name="To">The end of the journal when the connection was opened.</param>
internal readonly record struct KpiStretch(int Writer, long From, long To)
{
    public bool IsEmpty => From >= To;
}

/// <summary>What was appended and is not in the tables yet.</summary>
/// <remarks>
/// The writer's thread adds and takes; readers look in. A reader has to count each sum once, in the tables or in here:
/// while sums are on their way it waits, and when they arrived while it was reading it reads again.
/// </remarks>
internal sealed class KpiBacklog(TimeProvider time)
{
    /// <summary>Most rows held. Beyond it they are let go and folded from the journal at the next start.</summary>
    public const int RowsMax = 400_000;

    /// <summary>Rows that are written whatever their age.</summary>
    public const int FlushRows = 20_000;

    private static readonly TimeSpan s_age = TimeSpan.FromSeconds(IKpiStore.FlushSeconds);

    private readonly Lock _gate = new();
    private KpiSums _pending = new();
    private KpiSums? _writing;
    private TaskCompletionSource? _settled;
    private KpiStretch _stretch;
    private DateTimeOffset _since;
    private long _generation;
    private bool _isLost;

    public KpiStretch Stretch
    {
        get
        {
            lock (_gate)
                return _stretch;
        }
    }

    /// <summary>True when a write is called for, also where nothing is appended any more.</summary>
    public bool HasOldSums
    {
        get
        {
            lock (_gate)
                return IsDue();
        }
    }

    /// <summary>A connection was opened: what was held may or may not be in the tables, and is folded anew.</summary>
    public void Start(KpiStretch stretch)
    {
        lock (_gate)
        {
            (_pending, _writing, _stretch, _isLost) = (new KpiSums(), null, stretch, false);
            Settle();
        }
    }

    public void Add(IReadOnlyList<KpiEntry> entries)
    {
        lock (_gate)
        {
            if (_isLost)
                return;
            if (_pending.Rows == 0)
                _since = time.GetUtcNow();
            foreach (var entry in entries)
                _pending.Add(entry);
            if (_pending.Rows > RowsMax)
                (_pending, _isLost) = (new KpiSums(), true);
        }
    }

    /// <summary>The sums to write now, or null; <see cref="Wrote"/> follows once they are on disk.</summary>
    public KpiSums? TakeDue(bool whateverAge)
    {
        lock (_gate)
        {
            if (!(whateverAge && CanWrite()) && !IsDue())
                return null;
            (_writing, _pending) = (_pending, new KpiSums());
            _settled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _writing;
        }
    }

    public void Wrote()
    {
        lock (_gate)
        {
            _writing = null;
            Settle();
        }
    }

    /// <summary>The tail up to here is in the tables. False: the connection was opened anew meanwhile.</summary>
    public bool MoveOn(KpiStretch known, long upTo)
    {
        lock (_gate)
        {
            if (_stretch != known)
                return false;
            _stretch = known with { From = upTo };
            return true;
        }
    }

    /// <summary>What is held of a subject. <paramref name="wait"/> is not null while sums are being written.</summary>
    public List<KeyValuePair<KpiKey, long[]>> Look(
        KpiPeriod period, string subject, long from, long to, out long generation, out Task? wait)
    {
        lock (_gate)
        {
            generation = _generation;
            wait = _writing is null ? null : _settled!.Task;
            return [.. _pending.Of(period, subject, from, to).Select(
                row => KeyValuePair.Create(row.Key, (long[])row.Value.Clone()))];
        }
    }

    public bool IsStill(long generation)
    {
        lock (_gate)
            return _generation == generation && _writing is null;
    }

    private bool CanWrite() => _stretch.IsEmpty && !_isLost && _writing is null && _pending.Rows > 0;

    private bool IsDue() => CanWrite() && (_pending.Rows >= FlushRows || time.GetUtcNow() - _since >= s_age);

    private void Settle()
    {
        _generation++;
        _settled?.TrySetResult();
        _settled = null;
    }
}
