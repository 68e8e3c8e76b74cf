namespace GridMesh.Load.Cluster;

/// <summary>
/// What the case list in the database said in the last moments. A wall lags behind it by a moment and numbers go on
/// changing, so a wall is right when it shows what was true at some moment of late. Safe for many readers.
/// </summary>
/// <param name="codes">The areas that are watched: grids, or areas above, whose numbers are the sums of their
/// grids.</param>
internal sealed class Truth(IReadOnlyList<string> codes, TimeSpan lookBack, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Queue<(long At, IReadOnlyDictionary<string, DistrictNumbers> Numbers)> _moments = new();

    /// <param name="numbers">Of every grid with a case, as the database has them now.</param>
    public void Record(IReadOnlyDictionary<string, DistrictNumbers> numbers)
    {
        var watched = codes.ToDictionary(code => code, code => Of(numbers, code));
        lock (_gate)
        {
            _moments.Enqueue((time.GetTimestamp(), watched));
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

    private static DistrictNumbers Of(IReadOnlyDictionary<string, DistrictNumbers> numbers, string code)
    {
        var (open, today) = (0, 0);
        foreach (var (grid, one) in numbers)
        {
            if (grid.StartsWith(code, StringComparison.Ordinal))
                (open, today) = (open + one.Open, today + one.ReportedToday);
        }

        return new DistrictNumbers(open, today);
    }

    private void Forget()
    {
        while (_moments.TryPeek(out var oldest) && time.GetElapsedTime(oldest.At) > lookBack)
            _moments.Dequeue();
    }
}
