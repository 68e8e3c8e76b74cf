namespace GridMesh.Load.Cluster;

/// <summary>What one change of the cluster came to; seconds count from its beginning.</summary>
/// <param name="DoneSeconds">Until the change itself was done: the process gone, or ready.</param>
/// <param name="SweptSeconds">Until every grid had acknowledged a report; null: one of them never did.</param>
/// <param name="Walls">Until the walls were right.</param>
/// <param name="Moved">Of the watched grids, those that woke anew.</param>
internal sealed record Fault(
    string Name, double DoneSeconds, double? SweptSeconds, RightWalls Walls, int Moved, Timeline Timeline)
{
    /// <summary>Until the last attempt failed; zero when none did.</summary>
    public double LastFailureSeconds => Timeline.LastFailure?.TotalSeconds ?? 0;
}

/// <summary>What is told of a drain besides.</summary>
/// <param name="WasRed">Whether <c>/healthz/ready</c> was red while the process still served.</param>
/// <param name="InOrder">Whether it ended with exit code 0.</param>
internal readonly record struct Drained(bool WasRed, bool InOrder);

/// <summary>What is told of a silo that came besides.</summary>
/// <param name="ShareSeconds">From its start until it carried half of an even share of the grids; null: never.</param>
internal readonly record struct Joined(double ReadySeconds, double? ShareSeconds, double Grids);
