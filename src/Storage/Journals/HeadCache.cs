namespace GridMesh.Storage.Journals;

/// <summary>
/// Versions of streams lately written, at most a bound of them: when half of it is full, the older half goes.
/// A cached version is a hint. It may lag behind what another process wrote; the database's constraints judge.
/// </summary>
internal sealed class HeadCache(int max)
{
    private Dictionary<string, long> _young = [];
    private Dictionary<string, long> _old = [];

    public bool TryGet(string stream, out long version) =>
        _young.TryGetValue(stream, out version) || _old.TryGetValue(stream, out version);

    public void Set(string stream, long version)
    {
        _young[stream] = version;
        if (_young.Count >= max / 2)
            (_old, _young) = (_young, []);
    }

    public void Clear()
    {
        _young.Clear();
        _old.Clear();
    }
}
