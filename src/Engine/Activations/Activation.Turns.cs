using GridMesh.Engine.Calls;

namespace GridMesh.Engine.Activations;

/// <content>The mailbox: which request may start, and whose thread runs the next turn.</content>
internal sealed partial class Activation
{
    private const int TurnsPerSlice = 64;

    private WorkQueue _turns;
    private WorkQueue _waiting;
    private int _queued;
    private int _waitingInterleaving;
    private int _active;
    private int _blockers;
    private int _writers;
    private bool _owned;
    private Phase _phase;
    private long _lastUsed;

    /// <summary>How a request was received.</summary>
    public enum Receipt
    {
        Accepted,
        Full,
        Gone,
    }

    private enum Phase : byte
    {
        Activating,
        Ready,
        Deactivating,
        Gone,
    }

    /// <summary>Requests that run or wait; read without the lock, for a choice that need not be exact.</summary>
    public int Load => _active + _queued;

    /// <summary>
    /// Gives the calling thread the right to run this request now, when nothing else runs or waits for a turn.
    /// </summary>
    public bool TryBeginInline(CallTraits traits)
    {
        lock (_gate)
        {
            if (_owned || !_turns.IsEmpty || !MayStart(traits))
                return false;
            _owned = true;
            Admit(traits);
            return true;
        }
    }

    /// <summary>
    /// Ends the turn begun by <see cref="TryBeginInline"/>, and the request with it if its method has ended.
    /// </summary>
    public void EndInline(CallTraits traits, bool requestEnded)
    {
        lock (_gate)
        {
            if (requestEnded)
                Retire(traits);
            _owned = false;
            Wake();
        }
    }

    /// <summary>Ends a request whose method has ended, on whatever thread that happened.</summary>
    public void EndRequest(CallTraits traits)
    {
        lock (_gate)
        {
            Retire(traits);
            Wake();
        }
    }

    public Receipt Receive(Request request)
    {
        lock (_gate)
        {
            if (_phase == Phase.Gone)
                return Receipt.Gone;
            if (_queued >= Kind.Engine.Options.MailboxMax)
                return Receipt.Full;
            _queued++;
            if (MayStart(request.Traits))
            {
                Start(request);
                Wake((request.Traits & CallTraits.Next) != 0);
            }
            else
            {
                AddWaiting(request);
            }

            return Receipt.Accepted;
        }
    }

    /// <summary>Runs turns on a thread of the pool, a slice of them, so that other grains get theirs.</summary>
    public void Execute()
    {
        SetSynchronizationContext(this);
        var clean = ExecutionContext.Capture();
        for (var turn = 0; turn < TurnsPerSlice; turn++)
        {
            WorkItem? next;
            lock (_gate)
            {
                next = NextTurn();
                if (next is null)
                {
                    _owned = false;
                    break;
                }
            }

            next.Run(this);
            if (clean is not null && ExecutionContext.Capture() != clean)
                ExecutionContext.Restore(clean);
            if (turn == TurnsPerSlice - 1)
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        SetSynchronizationContext(null);
    }

    private void AddTurn(WorkItem item)
    {
        lock (_gate)
        {
            _turns.Add(item);
            Wake();
        }
    }

    private WorkItem? NextTurn()
    {
        if (_turns.Take() is { } turn)
        {
            if (turn is Request)
                _queued--;
            return turn;
        }

        if (!ShouldDeactivate)
            return null;
        _phase = Phase.Deactivating;
        return DeactivationTurn.Instance;
    }

    private void Wake(bool next = false)
    {
        if (_owned || (_turns.IsEmpty && !ShouldDeactivate))
            return;
        _owned = true;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: next);
    }

    private bool MayStart(CallTraits traits)
    {
        if (_phase != Phase.Ready)
            return false;
        if (_active > 0 && (Kind.Reentrant || (traits & CallTraits.AlwaysInterleave) != 0))
            return true;
        if (_blockers == 0)
            return !_leaving || _draining;
        return (traits & CallTraits.ReadOnly) != 0 && _writers == 0;
    }

    private void Admit(CallTraits traits)
    {
        _active++;
        CountBlocking(traits, 1);
        if ((traits & CallTraits.Unused) == 0)
            _lastUsed = Kind.Engine.Clock.Now;
    }

    private void Retire(CallTraits traits)
    {
        _active--;
        CountBlocking(traits, -1);
        if ((traits & CallTraits.Unused) == 0)
            _lastUsed = Kind.Engine.Clock.Now;
        AdmitWaiting();
    }

    /// <summary>As in Orleans, a request that always interleaves holds nobody back while it runs.</summary>
    private void CountBlocking(CallTraits traits, int change)
    {
        if ((traits & CallTraits.AlwaysInterleave) != 0)
            return;
        _blockers += change;
        if ((traits & CallTraits.ReadOnly) == 0)
            _writers += change;
    }

    private void AddWaiting(Request request)
    {
        _waiting.Add(request);
        if (Interleaves(request))
            _waitingInterleaving++;
    }

    private static bool Interleaves(Request request) =>
        (request.Traits & (CallTraits.ReadOnly | CallTraits.AlwaysInterleave)) != 0;

    /// <summary>
    /// Starts what may start, in order of arrival. Readers pass waiting writers, as they do in Orleans: a reader that
    /// is part of the running call chain must not wait for a writer that waits for that chain.
    /// </summary>
    private void AdmitWaiting()
    {
        while (_waiting.Head is Request head && MayStart(head.Traits))
        {
            _waiting.Take();
            if (Interleaves(head))
                _waitingInterleaving--;
            Start(head);
        }

        if (_waitingInterleaving == 0)
            return;

        var rest = _waiting;
        _waiting = default;
        _waitingInterleaving = 0;
        while (rest.Take() is Request request)
        {
            if (MayStart(request.Traits))
                Start(request);
            else
                AddWaiting(request);
        }
    }

    private void Start(Request request)
    {
        Admit(request.Traits);
        _turns.Add(request);
    }
}
