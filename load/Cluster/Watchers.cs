namespace GridMesh.Load.Cluster;

/// <summary>Seconds since the fault at which the last wall of each kind was right; null: not in time.</summary>
internal readonly record struct RightWalls(double? District, double? Grids)
{
    public double? All => District is { } district && Grids is { } grids ? Math.Max(district, grids) : null;
}

/// <summary>Walls on every gateway: the district and some grids, so that every silo has some.</summary>
internal sealed class Watchers(TimeProvider time, Action<string> say) : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(25);

    /// <summary>A wall that was right has to be so again after this, or it was just about to fall behind.</summary>
    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(1);
    private readonly List<Watched> _walls = [];
    public int Count => _walls.Count;
    public int Breaks => _walls.Sum(watched => watched.Wall.Breaks);
    public int Gaps => _walls.Sum(watched => watched.Wall.Gaps);

    public async Task WatchAsync(
        IReadOnlyList<Uri> gateways, string token, string district, IReadOnlyList<string> grids)
    {
        foreach (var gateway in gateways)
        {
            foreach (var code in grids.Prepend(district))
            {
                var cards = new Cards(time);
                var wall = await LiveView.WatchAsync(gateway, token, code, cards.See, time);
                _walls.Add(new Watched(gateway, code, code == district, wall, cards));
            }
        }
    }

    /// <summary>Waits until every wall is right, and right again a moment later.</summary>
    public async Task<RightWalls> RightAsync(Truth truth, Sweep sweep, long since, CancellationToken cancellation)
    {
        var firsts = await EachAsync(watched => watched.IsRight(truth, sweep), since, cancellation);
        await Task.Delay(s_again, time, cancellation);
        var again = await EachAsync(watched => watched.IsRight(truth, sweep), since, cancellation);
        foreach (var wrong in _walls.Where(watched => !firsts.ContainsKey(watched) || !again.ContainsKey(watched)))
            say(wrong.Describe(truth, sweep));

        double? LastOf(bool isDistrict) => _walls.Where(watched => watched.IsDistrict == isDistrict)
            .All(watched => firsts.ContainsKey(watched) && again.ContainsKey(watched))
            ? firsts.Where(first => first.Key.IsDistrict == isDistrict).Max(first => first.Value)
            : null;
        return new RightWalls(LastOf(true), LastOf(false));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var watched in _walls)
            await watched.Wall.DisposeAsync();
    }

    private async Task<Dictionary<Watched, double>> EachAsync(
        Func<Watched, bool> isMet, long since, CancellationToken cancellation)
    {
        var (firsts, began) = (new Dictionary<Watched, double>(), time.GetTimestamp());
        while (firsts.Count < _walls.Count && time.GetElapsedTime(began) < Patience)
        {
            foreach (var watched in _walls.Where(watched => !firsts.ContainsKey(watched)).Where(isMet).ToArray())
                firsts[watched] = time.GetElapsedTime(since).TotalSeconds;

            await Task.Delay(s_pause, time, cancellation);
        }

        return firsts;
    }

    private sealed record Watched(
        Uri Gateway, string Code, bool IsDistrict, LiveView Wall, Cards Cards)
    {
        /// <summary>
        /// Follows without a gap, and shows numbers that were true of late, with the sweep in them: the district counts
        /// every grid's report, a grid has its card.
        /// </summary>
        public bool IsRight(Truth truth, Sweep sweep) => Wall.IsCurrent
            && (IsDistrict ? sweep.Missing == 0 : sweep.CaseOf(Code) is { } id && Cards.HasSeen(id))
            && truth.Holds(Code, Wall.Read(state => DistrictNumbers.Of(state.Summary)));

        public string Describe(Truth truth, Sweep sweep)
        {
            var shown = Wall.Read(state => (state.Epoch, state.Version, Numbers: DistrictNumbers.Of(state.Summary)));
            return $"{Code} at {Gateway} is not right: {(Wall.IsCurrent ? "current" : "behind")}, {shown}, "
                + $"the case list {truth.Latest(Code)}, {sweep.Missing} grids missing";
        }
    }
}
