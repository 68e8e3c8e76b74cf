using GridMesh.Contracts.Storage;

namespace GridMesh.Storage.Commits;

/// <summary>
/// The bounded queue in front of a committer. Many callers add, one thread takes. A monitor instead of a channel: the
/// taker needs to wait for a number of rows, and must not borrow a pool thread from the grains.
/// </summary>
internal sealed class GroupQueue(string name, GroupLimits limits)
{
    private readonly object _gate = new();
    private readonly Queue<Write> _waiting = new();
    private int _weight;
    private int _wanted = 1;
    private int _lastWeight = 1;
    private bool _stopping;
    private Exception? _down;

    public bool IsDown => Volatile.Read(ref _down) is not null;

    /// <summary>Queues the write, or fails it at once: closing, down, full.</summary>
    public void Add(Write write)
    {
        Exception refusal;
        lock (_gate)
        {
            if (_stopping)
            {
                refusal = new StorageUnavailableException($"The {name} is closing.");
            }
            else if (_down is not null)
            {
                refusal = new StorageUnavailableException($"The {name} is down: {_down.Message}", _down);
            }
            else if (_weight > 0 && _weight + write.Weight > limits.QueueMax)
            {
                refusal = new StorageUnavailableException($"The queue of the {name} is full ({limits.QueueMax} rows).");
            }
            else
            {
                _waiting.Enqueue(write);
                _weight += write.Weight;
                if (_weight >= _wanted)
                    Monitor.Pulse(_gate);
                return;
            }
        }

        write.Fail(refusal);
    }

    /// <summary>Fills the group; false when the queue is closed and empty.</summary>
    public bool Take(List<Write> group)
    {
        group.Clear();
        lock (_gate)
        {
            while (_waiting.Count == 0 && !_stopping)
                Await(1, Timeout.Infinite);
            Gather();
            var weight = 0;
            while (_waiting.TryPeek(out var next) && (weight == 0 || weight + next.Weight <= limits.GroupMax))
            {
                group.Add(_waiting.Dequeue());
                weight += next.Weight;
            }

            _weight -= weight;
            _lastWeight = weight;
            return group.Count > 0;
        }
    }

    /// <summary>Refuses everything, what waits and what comes, until <see cref="Up"/>.</summary>
    public void Down(Exception reason)
    {
        Write[] waiting;
        lock (_gate)
        {
            Volatile.Write(ref _down, reason);
            waiting = [.. _waiting];
            _waiting.Clear();
            _weight = 0;
        }

        foreach (var write in waiting)
            write.Fail(reason);
    }

    public void Up() => Volatile.Write(ref _down, null);

    public void Stop()
    {
        lock (_gate)
        {
            Volatile.Write(ref _stopping, true);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Waits out the pause on the given clock; false when the queue is being closed.</summary>
    public bool Pause(TimeSpan pause, TimeProvider time)
    {
        var over = false;
        using var timer = time.CreateTimer(_ => End(), null, pause, Timeout.InfiniteTimeSpan);
        lock (_gate)
        {
            while (!over && !_stopping)
                Monitor.Wait(_gate);
            return !_stopping;
        }

        void End()
        {
            lock (_gate)
            {
                over = true;
                Monitor.PulseAll(_gate);
            }
        }
    }

    // This wait is the operating system's, not the TimeProvider's: it only shapes groups, and a simulated clock that
    // stands still must not hold up real writes.
    private void Gather()
    {
        var wanted = limits.CollectsAlways ? limits.GroupMax : Math.Min(limits.GroupMax, _lastWeight);
        if (_weight < wanted && !_stopping && limits.AgeMs > 0)
            Await(wanted, limits.AgeMs);
    }

    private void Await(int wanted, int milliseconds)
    {
        _wanted = wanted;
        Monitor.Wait(_gate, milliseconds);
        _wanted = int.MaxValue;
    }
}
