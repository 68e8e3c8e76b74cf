namespace GridMesh.Load.Kills;

/// <summary>What was acknowledged of one case: the place in its history and the type of each fact.</summary>
internal sealed class CaseRecord(string id)
{
    public string Id => id;

    public List<(long Seq, string Fact)> Facts { get; } = [];
}

/// <summary>
/// Everything that one caller was told in one round, and what it was left without an answer to. The caller alone writes
/// it; it is read when the caller has ended.
/// </summary>
internal sealed class Ledger
{
    private readonly Dictionary<string, CaseRecord> _cases = [];

    public IReadOnlyCollection<CaseRecord> Cases => _cases.Values;

    /// <summary>The last answer for each worker: on duty or not.</summary>
    public Dictionary<string, bool> Duty { get; } = [];

    /// <summary>Sent, and no answer or a fault came: done or not, nobody knows yet.</summary>
    public List<SentCommand> Unanswered { get; } = [];

    public Dictionary<string, int> Refused { get; } = [];

    public long Acknowledged { get; private set; }

    public void Acknowledge(SentCommand command, string caseId, long seq)
    {
        Acknowledged++;
        if (!_cases.TryGetValue(caseId, out var record))
        {
            _cases[caseId] = record = new CaseRecord(caseId);
        }

        record.Facts.Add((seq, command.Fact!));
    }

    public void AcknowledgeShift(string worker, bool onDuty)
    {
        Acknowledged++;
        Duty[worker] = onDuty;
    }

    public void Refuse(string code) => Refused[code] = Refused.GetValueOrDefault(code) + 1;
}
