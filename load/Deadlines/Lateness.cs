namespace GridMesh.Load.Deadlines;

/// <param name="down">While nothing ran: from the kill until the next process was ready. What fell due then can only be
/// judged from its end.</param>
internal sealed class Lateness(int cases, (DateTimeOffset From, DateTimeOffset To)? down)
    : Punctuality("deadlines", cases)
{
    /// <summary>What fell due so shortly before the kill was not late yet when the process died.</summary>
    private static readonly TimeSpan s_allowed = TimeSpan.FromSeconds(1);

    /// <summary>Deadlines that passed while nothing ran, or so shortly before that they were not written.</summary>
    public int WhileDown { get; private set; }

    public override void Add(JournalRecord record)
    {
        if (record.Type != nameof(DeadlinePassed) || IncidentHistory.Decode(record) is not DeadlinePassed passed)
            return;

        var isDown = down is { } gap && passed.At >= gap.From && passed.Due >= gap.From - s_allowed
            && passed.Due < gap.To;
        WhileDown += isDown ? 1 : 0;
        Record(record.Stream, passed.Due, passed.At, isDown ? down!.Value.To : null);
    }

    public override void Tell(Report report)
    {
        base.Tell(report);
        report.Add("deadlines that passed while nothing ran", WhileDown);
    }
}
