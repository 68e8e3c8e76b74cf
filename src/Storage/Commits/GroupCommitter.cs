using GridMesh.Contracts.Storage;
using GridMesh.Storage.Databases;

namespace GridMesh.Storage.Commits;

/// <summary>
/// Group commit: many callers' writes in one durable transaction. While a group is being written, the next one
/// collects. One thread of its own, so that waiting for a disk never takes a thread from the grains.
/// </summary>
internal sealed class GroupCommitter : IAsyncDisposable
{
    private readonly IGroupTarget _target;
    private readonly GroupQueue _queue;
    private readonly RetryPauses _pauses;
    private readonly TimeProvider _time;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lazy<Thread> _thread;
    private bool _open;
    private long _commits;

    public GroupCommitter(
        string name, IGroupTarget target, GroupLimits limits, RetryPauses pauses, TimeProvider time)
    {
        _target = target;
        _queue = new GroupQueue(name, limits);
        _pauses = pauses;
        _time = time;
        _thread = new Lazy<Thread>(() => Start(name));
    }

    /// <summary>Durable transactions so far.</summary>
    public long Commits => Volatile.Read(ref _commits);

    public bool IsDown => _queue.IsDown;

    /// <summary>Queues the write. Never throws: a refusal is the write's answer.</summary>
    public void Add(Write write)
    {
        _ = _thread.Value;
        _queue.Add(write);
    }

    /// <summary>Answers once the target has been opened.</summary>
    public async ValueTask OpenAsync(CancellationToken cancellation)
    {
        var open = new EmptyWrite();
        Add(open);
        await open.Done(cancellation);
    }

    /// <summary>Writes what waits, then closes.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Stop();
        if (_thread.IsValueCreated)
            await _ended.Task.ConfigureAwait(false);
    }

    private Thread Start(string name)
    {
        var thread = new Thread(Run) { Name = name, IsBackground = true };
        thread.Start();
        return thread;
    }

    private void Run()
    {
        var group = new List<Write>();
        while (_queue.Take(group))
        {
            Commit(group);
            Settle(isLast: false);
        }

        Settle(isLast: true);
        Close();
        _ended.SetResult();
    }

    private void Commit(List<Write> group)
    {
        var opened = false;
        try
        {
            Open();
            opened = true;
            _target.Commit(group);
            Volatile.Write(ref _commits, _commits + 1);
        }
        catch (Exception exception)
        {
            // Whatever broke, callers must hear of it and the thread must live: the next group may well succeed.
            var reason = _target.IsOutage(exception) ? Outage.Of(exception) : exception;
            Recover(group, reason, opened);
            return;
        }

        foreach (var write in group)
            write.Complete();
    }

    private void Settle(bool isLast)
    {
        try
        {
            if (_open)
                _target.Settle(isLast);
        }
        catch (Exception exception)
        {
            // The callers have their answers; what is left undone the target does when it is opened again.
            Recover([], _target.IsOutage(exception) ? Outage.Of(exception) : exception, opened: true);
        }
    }

    private void Recover(List<Write> group, Exception reason, bool opened)
    {
        Close();
        if (reason is not StorageUnavailableException && opened && group.Count > 1)
        {
            // One write is malformed in a way nobody foresaw; alone, it harms only itself.
            foreach (var write in group.ToArray())
                Commit([write]);
            return;
        }

        if (reason is StorageUnavailableException)
            _queue.Down(reason);
        foreach (var write in group)
            write.Fail(reason);
        if (reason is StorageUnavailableException)
            Reopen();
    }

    private void Reopen()
    {
        for (var pause = _pauses.First; _queue.Pause(pause, _time); pause = _pauses.Next(pause))
        {
            try
            {
                Open();
                _queue.Up();
                return;
            }
            catch (Exception)
            {
                // Still down. The reason that callers see stays the first one; the next attempt follows the pause.
                Close();
            }
        }
    }

    private void Open()
    {
        if (!_open)
        {
            _target.Open();
            _open = true;
        }
    }

    private void Close()
    {
        _open = false;
        _target.Close();
    }
}
