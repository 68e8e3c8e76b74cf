namespace GridMesh.Load.Faults;

/// <param name="Fact">The type that the history gets by it; null for a shift.</param>
/// <param name="Subject">The case it is for, null for a report; the worker for a shift.</param>
internal sealed record SentCommand(
    string Path, string Token, object Body, string Key, string? Fact, string? Subject, bool OnDuty = false)
{
    /// <summary>What a report says; ends with a stop, so that no key is found within another.</summary>
    public static string DescriptionOf(string key) => $"load {key}.";
}

/// <summary>What was acknowledged of one case: the place in its history and the type of each fact.</summary>
internal sealed record CaseRecord(string Id)
{
    public List<(long Seq, string Fact)> Facts { get; } = [];
}

/// <summary>What one caller was told, and left without an answer to; read when the caller has ended.</summary>
internal sealed class Ledger
{
    private readonly Dictionary<string, CaseRecord> _cases = [];
    public IReadOnlyCollection<CaseRecord> Cases => _cases.Values;

    public Dictionary<string, bool> Duty { get; } = [];

    /// <summary>Sent, and no answer or a fault came at first: done or not, nobody knows yet.</summary>
    public List<SentCommand> Unanswered { get; } = [];
    public Dictionary<string, int> Refused { get; } = [];
    public long Acknowledged { get; private set; }

    public void Acknowledge(SentCommand command, string id, long seq)
    {
        Acknowledged++;
        if (command.Fact is not { } fact)
        {
            // It stands in no history, and one that was sent again until it was answered may not be the last by now.
            Unanswered.Remove(command);
            Duty[id] = command.OnDuty;
            return;
        }

        if (!_cases.TryGetValue(id, out var record))
            _cases[id] = record = new CaseRecord(id);
        record.Facts.Add((seq, fact));
    }

    public void Refuse(string code) => Refused[code] = Refused.GetValueOrDefault(code) + 1;

    public static IReadOnlyDictionary<string, bool> DutyOf(IEnumerable<Ledger> ledgers) => ledgers
        .SelectMany(ledger => ledger.Duty).GroupBy(duty => duty.Key)
        .ToDictionary(duties => duties.Key, duties => duties.Last().Value);

    public static IEnumerable<string> Refusals(IEnumerable<Ledger> ledgers) => ledgers
        .SelectMany(ledger => ledger.Refused).GroupBy(refusal => refusal.Key)
        .Select(refusals => $"refused: {refusals.Sum(refusal => refusal.Value)} x {refusals.Key}");
}
