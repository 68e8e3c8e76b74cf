using GridMesh.Contracts.Facts;

namespace GridMesh.Storage.Personal;

/// <summary>
/// Keys lately used for sealing, at most a bound of them: when half of it is full, the older half goes. Nothing is
/// opened with them: a key that another process has thrown away is no key any more. One that is not here is made anew,
/// and a subject with two keys is none the worse for it, so nothing is ever asked.
/// </summary>
internal sealed class DataKeyCache(int max)
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _gone = [];
    private Dictionary<(string, string, PersonalPart), DataKey> _young = [];
    private Dictionary<(string, string, PersonalPart), DataKey> _old = [];

    public DataKey? Find(string stream, string subject, PersonalPart part)
    {
        lock (_gate)
        {
            return _young.TryGetValue((stream, subject, part), out var key)
                || _old.TryGetValue((stream, subject, part), out key) ? key : null;
        }
    }

    public void Add(IEnumerable<DataKey> keys)
    {
        lock (_gate)
        {
            foreach (var key in keys.Where(key => !_gone.Contains(key.Id)))
                _young[(key.Stream, key.Subject, key.Part)] = key;
            if (_young.Count >= max / 2)
                (_old, _young) = (_young, []);
        }
    }

    /// <summary>It is not in the database any more, whoever read it just before and adds it just after.</summary>
    public void Forget(string stream, string subject, PersonalPart part)
    {
        lock (_gate)
        {
            if (_gone.Count >= max)
                _gone.Clear();
            foreach (var keys in new[] { _young, _old })
            {
                if (keys.Remove((stream, subject, part), out var key))
                    _gone.Add(key.Id);
            }
        }
    }
}
