namespace GridMesh.Grains.Live;

/// <summary>
/// Who watches, and until when without a renewal. Bounded. Moments are those of <see cref="Uptime"/>.
/// </summary>
public sealed class Leases(TimeSpan length)
{
    /// <summary>Most holders of one area: gateways and the parent.</summary>
    public const int HoldersMax = 256;

    private readonly Dictionary<string, TimeSpan> _until = [];

    public bool Any => _until.Count > 0;

    /// <exception cref="InvalidOperationException">More holders than <see cref="HoldersMax"/>.</exception>
    public void Take(string holder, TimeSpan now)
    {
        if (_until.Count >= HoldersMax && !_until.ContainsKey(holder))
            throw new InvalidOperationException($"more than {HoldersMax} watchers of one area");

        _until[holder] = now + length;
    }

    /// <summary>False when the holder has no lease any more.</summary>
    public bool Renew(string holder, TimeSpan now)
    {
        if (!_until.TryGetValue(holder, out var until) || until <= now)
            return false;

        _until[holder] = now + length;
        return true;
    }

    public void Drop(string holder) => _until.Remove(holder);

    /// <summary>Drops what has lapsed; true while any is left.</summary>
    public bool Sweep(TimeSpan now)
    {
        foreach (var (holder, until) in _until)
        {
            if (until <= now)
                _until.Remove(holder);
        }

        return Any;
    }
}
