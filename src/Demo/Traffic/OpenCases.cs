namespace GridMesh.Demo.Traffic;

/// <summary>The open cases by when they move next. Safe for the tick and the answers that come in besides it.</summary>
internal sealed class OpenCases(Random random)
{
    /// <summary>Most cases that are driven at once; those beyond are left as they lie.</summary>
    public const int CasesMax = 5_000;

    private readonly Lock _lock = new();
    private readonly PriorityQueue<(OpenCase Case, CaseAction Action), DateTimeOffset> _due = new();

    /// <summary>Those that wait for their move and those that are moving: nobody is driven twice.</summary>
    private readonly HashSet<string> _held = [];

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _held.Count;
            }
        }
    }

    /// <summary>Plans the next move of a case; one that is over is forgotten.</summary>
    /// <param name="scale">How much faster than life it goes.</param>
    public void Plan(OpenCase open, DateTimeOffset now, double scale)
    {
        lock (_lock)
        {
            PlanHeld(open, now, scale, 1);
        }
    }

    /// <summary>
    /// Plans a case that came from elsewhere, unless it is driven already. It is somewhere in its waiting, not at the
    /// beginning.
    /// </summary>
    public void Adopt(OpenCase open, DateTimeOffset now, double scale)
    {
        lock (_lock)
        {
            if (!_held.Contains(open.Id))
                PlanHeld(open, now, scale, random.NextDouble());
        }
    }

    /// <summary>Nobody will do anything about it.</summary>
    public void Forget(OpenCase open)
    {
        lock (_lock)
        {
            _held.Remove(open.Id);
        }
    }

    /// <summary>Takes a case whose move is due; it stays held until it is planned again or forgotten.</summary>
    public bool TryTake(DateTimeOffset now, out OpenCase open, out CaseAction action)
    {
        lock (_lock)
        {
            if (_due.TryPeek(out var next, out var at) && at <= now)
            {
                (open, action) = next;
                _due.Dequeue();
                return true;
            }
        }

        (open, action) = (null!, default);
        return false;
    }

    private void PlanHeld(OpenCase open, DateTimeOffset now, double scale, double left)
    {
        if (CaseLife.Next(open, random) is { } move && (_held.Contains(open.Id) || _held.Count < CasesMax))
        {
            _held.Add(open.Id);
            // Hurried steps are in real seconds already.
            _due.Enqueue((open, move.Action), now + (open.Hurry > 0 ? move.After : move.After * left / scale));
        }
        else
        {
            _held.Remove(open.Id);
        }
    }
}
