namespace GridMesh.Engine.Activations;

/// <summary>The activations of a stateless worker for one key.</summary>
internal sealed class WorkerPool(GrainKind kind, string key)
{
    private readonly Lock _gate = new();
    private Activation[] _members = [];

    public IReadOnlyList<Activation> Members => Volatile.Read(ref _members);

    /// <summary>An idle one, else a new one while there may be more, else the least loaded.</summary>
    public Activation? Pick()
    {
        var best = Least(Members);
        if (best is { Load: 0 })
            return best;
        Activation made;
        lock (_gate)
        {
            best = Least(_members);
            if (best is { Load: 0 } || _members.Length >= kind.WorkersMax)
                return best;
            if (kind.Engine.HasStopped)
                return null;
            made = new Activation(kind, key);
            _members = [.. _members, made];
        }

        made.Start(mayInline: true);
        return made;
    }

    public void Remove(Activation activation)
    {
        lock (_gate)
            _members = Array.FindAll(_members, member => member != activation);
    }

    public void Replace(Activation activation, Activation successor)
    {
        lock (_gate)
            _members = [.. Array.FindAll(_members, member => member != activation), successor];
    }

    private static Activation? Least(IReadOnlyList<Activation> members)
    {
        Activation? best = null;
        foreach (var member in members)
        {
            if (best is null || member.Load < best.Load)
                best = member;
        }

        return best;
    }
}
