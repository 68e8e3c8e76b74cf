using System.Collections.Concurrent;

namespace GridMesh.Gateway.Plumbing.Access;

/// <summary>
/// A bounded map that forgets what was not asked for lately: two generations, and when the young one is full, the old
/// one goes. Nothing is counted or linked, so a hit costs one look-up.
/// </summary>
internal sealed class RecentMap<TValue>(int entriesMax)
    where TValue : class
{
    private readonly Lock _turn = new();
    private volatile ConcurrentDictionary<string, TValue> _young = new(StringComparer.Ordinal);
    private volatile ConcurrentDictionary<string, TValue> _old = new(StringComparer.Ordinal);
    private int _room = entriesMax / 2;

    public TValue? Find(string key)
    {
        if (_young.TryGetValue(key, out var found))
            return found;

        return _old.TryGetValue(key, out found) ? Keep(key, found) : null;
    }

    /// <summary>What is held for the key from now on: the value given, or one that was there before.</summary>
    public TValue Keep(string key, TValue value)
    {
        var young = _young;
        var held = young.GetOrAdd(key, value);
        if (ReferenceEquals(held, value) && Interlocked.Decrement(ref _room) <= 0)
            Turn(young);

        return held;
    }

    public void Forget(string key)
    {
        _young.TryRemove(key, out _);
        _old.TryRemove(key, out _);
    }

    private void Turn(ConcurrentDictionary<string, TValue> full)
    {
        lock (_turn)
        {
            if (ReferenceEquals(_young, full))
            {
                _old = full;
                _young = new ConcurrentDictionary<string, TValue>(StringComparer.Ordinal);
                Volatile.Write(ref _room, entriesMax / 2);
            }
        }
    }
}
