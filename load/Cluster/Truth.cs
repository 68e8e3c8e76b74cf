namespace GridMesh.Load.Cluster;

/// <summary>What was true of late: a wall lags behind by a moment while numbers go on changing.</summary>
/// <param name="codes">The areas that are watched.</param>
internal sealed class Truth(IReadOnlyList<string> codes, TimeSpan lookBack, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Queue<(long At, IReadOnlyDictionary<string, DistrictNumbers> Numbers)> _moments = new();

    public IReadOnlyList<string> Codes => codes;

    public void Record(IReadOnlyDictionary<string, DistrictNumbers> numbers)
    {
        lock (_gate)
        {
            _moments.Enqueue((time.GetTimestamp(), numbers));
            Forget();
        }
    }

    public bool Holds(string code, DistrictNumbers numbers)
    {
        lock (_gate)
        {
            Forget();
            return _moments.Any(moment => moment.Numbers[code] == numbers);
        }
    }

    public DistrictNumbers Latest(string code)
    {
        lock (_gate)
            return _moments.Count == 0 ? default : _moments.Last().Numbers[code];
    }

    private void Forget()
    {
        while (_moments.TryPeek(out var oldest) && time.GetElapsedTime(oldest.At) > lookBack)
            _moments.Dequeue();
    }
}
