using System.Diagnostics.Metrics;

namespace GridMesh.Gateway.Plumbing.Telemetry;

/// <summary>
/// The time series of one instrument, found by the values of their tags without making a text of them: a request is
/// measured a few times, and its labels are the same as the last one's.
/// </summary>
/// <param name="room">What a series takes from before it is added, and gives back with the instrument.</param>
internal sealed class MeterFamily(Instrument instrument, SeriesRoom room) : IDisposable
{
    private readonly Lock _gate = new();
    private volatile Dictionary<int, MeterSeries[]> _byHash = [];
    private bool _isGone;

    public Instrument Instrument => instrument;

    public IEnumerable<MeterSeries> Series => _byHash.Values.SelectMany(series => series);

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var hash = HashOf(tags);
        (Find(hash, tags) ?? Add(hash, tags))?.Record(value);
    }

    /// <summary>Gives the room of its series back; what is measured from now on is left out.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isGone = true;
            room.GiveBack(Series.Count());
            _byHash = [];
        }
    }

    private static int HashOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var hash = tags.Length;
        foreach (var (_, value) in tags)
        {
            hash = (hash * 31) + (value?.GetHashCode() ?? 0);
        }

        return hash;
    }

    private MeterSeries? Find(int hash, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (_byHash.TryGetValue(hash, out var candidates))
        {
            foreach (var series in candidates)
            {
                if (series.Has(tags))
                {
                    return series;
                }
            }
        }

        return null;
    }

    private MeterSeries? Add(int hash, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (_gate)
        {
            if (Find(hash, tags) is { } found)
            {
                return found;
            }

            if (_isGone || !room.Take())
            {
                return null;
            }

            var series = new MeterSeries(tags.ToArray());
            _byHash = new Dictionary<int, MeterSeries[]>(_byHash)
            {
                [hash] = [.. _byHash.GetValueOrDefault(hash) ?? [], series],
            };
            return series;
        }
    }
}
