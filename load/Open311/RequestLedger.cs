namespace GridMesh.Load.Open311;

/// <summary>What was acknowledged, judged by the journal: each is a case once, as it was reported.</summary>
internal sealed class RequestLedger : JournalJudge
{
    private readonly ConcurrentDictionary<string, string> _acknowledged = [];
    private readonly HashSet<string> _found = [];
    private int _twice;
    private int _changed;
    private int _wrong;
    private int _others;
    public int Count => _acknowledged.Count;
    public IReadOnlyList<string> Numbers => [.. _acknowledged.Keys.Order(StringComparer.Ordinal)];

    public int ShownAsOpen { get; set; }

    public void Acknowledge(string number, string category)
    {
        if (!_acknowledged.TryAdd(number, category))
            Interlocked.Increment(ref _twice);
    }

    /// <summary>A request was sent again with its key: it has to be answered with the same number.</summary>
    public void Repeat(string first, string again)
    {
        if (first != again)
            Interlocked.Increment(ref _changed);
    }

    public override void Add(JournalRecord record)
    {
        if (record.Type != nameof(IncidentReported) || IncidentHistory.Decode(record) is not IncidentReported reported)
            return;

        if (!_acknowledged.TryGetValue(record.Stream, out var category))
            _others++;
        else if (reported.Category != category || reported.Source != Source.Resident || !_found.Add(record.Stream))
            _wrong++;
    }

    public override IEnumerable<Verdict> Verdicts =>
    [
        Verdict.Equal("acknowledged requests with a case", Math.Max(1, Count), _found.Count),
        Verdict.Equal("found by the door as open", Count, ShownAsOpen),
        Verdict.Zero("cases that are not as reported", _wrong),
        Verdict.Zero("cases that nobody was told of", _others),
        Verdict.Zero("numbers given out twice", _twice),
        Verdict.Zero("repeats with another number", _changed),
    ];
}
