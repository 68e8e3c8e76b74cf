namespace GridMesh.Storage.Commits;

/// <summary>How groups form.</summary>
/// <param name="GroupMax">Most rows of a group.</param>
/// <param name="AgeMs">Longest that the first of a group waits for others, in milliseconds.</param>
/// <param name="QueueMax">Most rows waiting.</param>
/// <param name="CollectsAlways">True: a group waits out its age unless it is full. False: it waits only as long as the
/// callers of the last group have not come back, so a lone caller never waits.</param>
internal readonly record struct GroupLimits(int GroupMax, int AgeMs, int QueueMax, bool CollectsAlways);

/// <summary>Pauses between attempts to reach a failed database.</summary>
internal readonly record struct RetryPauses(TimeSpan First, TimeSpan Longest)
{
    public TimeSpan Next(TimeSpan pause) => pause * 2 < Longest ? pause * 2 : Longest;
}
