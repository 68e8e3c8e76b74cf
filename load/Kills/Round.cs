namespace GridMesh.Load.Kills;

/// <summary>What one kill came to.</summary>
/// <param name="KilledAfter">Seconds of load before the kill.</param>
/// <param name="Acknowledged">Commands acknowledged in the round, before the kill.</param>
/// <param name="Durable">Commands without an answer that had been taken all the same.</param>
/// <param name="Wrong">Commands without an answer that were not there exactly once after they were sent again.</param>
/// <param name="WallSeconds">From the start of the process until the wall showed the right numbers; null: never.</param>
internal sealed record Round(
    int Number, double KilledAfter, long Acknowledged, int Lost, int Unanswered, int Durable, int Wrong, bool IsClean,
    double VerifySeconds, double? SnapshotSeconds, int WrongSnapshots, double? WallSeconds)
{
    public static readonly IReadOnlyList<string> Columns =
    [
        "round", "killed after s", "acknowledged", "lost", "unanswered", "durable", "not once", "clean", "verify s", "snapshot s",
        "wrong snapshots", "wall s",
    ];

    private const double Never = -1;

    public IReadOnlyList<double> Row =>
    [
        Number, KilledAfter, Acknowledged, Lost, Unanswered, Durable, Wrong, IsClean ? 1 : 0, VerifySeconds, SnapshotSeconds ?? Never,
        WrongSnapshots, WallSeconds ?? Never,
    ];
}
