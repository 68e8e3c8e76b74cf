using GridMesh.Contracts.Incidents;
using GridMesh.Grains.Incidents;

namespace GridMesh.Load.Deadlines;

/// <summary>How late each deadline was written, by the times in the facts themselves.</summary>
/// <param name="down">While nothing ran: from the kill until the next process was ready. What fell due then can only be
/// judged from its end.</param>
internal sealed class Lateness((DateTimeOffset From, DateTimeOffset To)? down)
{
    /// <summary>What fell due so shortly before the kill was not late yet when the process died.</summary>
    private static readonly TimeSpan s_allowed = TimeSpan.FromSeconds(1);
    private readonly Punctuality _punctuality = new();

    /// <summary>Cases with exactly one such fact.</summary>
    public int Once => _punctuality.Once;
    public int MoreThanOnce => _punctuality.MoreThanOnce;

    /// <summary>Deadlines that passed while nothing ran, or so shortly before that they were not written.</summary>
    public int WhileDown { get; private set; }

    /// <summary>Facts that are dated before their deadline.</summary>
    public int Early => _punctuality.Early;
    public double MaxMs => _punctuality.MaxMs;
    public LoadFigures Figures => _punctuality.Figures;
    public ReportTable Table => _punctuality.Table("deadlines");

    public void Add(JournalRecord record)
    {
        if (record.Type != nameof(DeadlinePassed) || IncidentHistory.Decode(record) is not DeadlinePassed passed)
            return;

        var from = passed.Due;
        if (down is { } gap && passed.At >= gap.From && passed.Due >= gap.From - s_allowed && passed.Due < gap.To)
        {
            WhileDown++;
            from = gap.To > passed.At ? passed.At : gap.To;
        }

        _punctuality.Record(record.Stream, passed.Due, from, passed.At);
    }
}
