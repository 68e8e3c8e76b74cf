using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Grids;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Storage;
using GridMesh.Grains.Facts;
using GridMesh.Grains.Kpis;

namespace GridMesh.Grains.Incidents;

/// <summary>One case: a fold of its facts, with the command that each came by.</summary>
internal sealed class IncidentGrain(IJournal journal, IncidentRules rules, TimeProvider time)
    : EventSourced<IncidentFact>(journal), IIncidentGrain
{
    private CaseNumber _number;
    private IncidentHistory _history = null!;

    /// <summary>The case as it will be once the facts on their way are on disk.</summary>
    private IncidentFuture _future = null!;

    private CaseRow? _row;

    protected override GrainKind Kind => GrainKinds.Incident;

    protected override AreaCode District => _number.Grid.District;

    protected override long Version => _history.Version;

    /// <summary>The case in the lists: written with the last facts, where this activation wrote them.</summary>
    private CaseRow? Row => _row ??= _history.State?.ToRow();

    protected override Task WakeAsync(CancellationToken cancellation)
    {
        _number = CaseNumber.Parse(this.GetPrimaryKeyString());
        _history = new IncidentHistory(_number);
        return Task.CompletedTask;
    }

    public async Task<CommandOutcome> ExecuteAsync(IncidentCommand command)
    {
        var outcome = OutcomeOf(command, await ExecuteAsync(command, () => Decide(command)));
        if (outcome.Reject is null)
            NotifyGrid();

        return outcome;
    }

    public async Task<ReportedCase> ReportAsync(ReportIncident report)
    {
        // A number that was just issued has no facts yet.
        var ending = await ExecuteAsync(report, () => Decide(report), isFirst: true);
        if (ending is { Elsewhere: { } earlier } && CaseNumber.TryParse(earlier, out _, out _))
        {
            // It was sent again, and was given another number.
            return await GrainFactory.GetGrain<IIncidentGrain>(earlier).ReportAsync(report);
        }

        return new ReportedCase(OutcomeOf(report, ending), Row);
    }

    public async Task<IncidentView?> GetAsync()
    {
        await ReadAsync();
        return _history.Current();
    }

    public async Task<bool> PassDeadlineAsync(Step step, DateTimeOffset due)
    {
        await ReadAsync();
        var decision = rules.Decider.PassDeadline(_history.State, step, due, NowBy(time));
        if (decision.Facts.IsDefaultOrEmpty)
            return false;

        try
        {
            return await AppendAsync([(ClockId(decision.Facts[0], due), decision.Facts)]);
        }
        finally
        {
            NotifyGrid();
        }
    }

    protected override (long? Digest, bool IsKnown) Recall(Guid commandId) =>
        (_history.DigestOf(commandId), _history.Knows(commandId));

    protected override void Take(JournalRecord record, IncidentFact fact)
    {
        _history.Add(record.Version, record.CommandId, fact, record.Digest);
        _row = null;
    }

    protected override void Take(JournalAppend written, ImmutableArray<IncidentFact> facts)
    {
        _history.Add(written.CommandId, _future, written.Digest);
        _row = written.Case;
    }

    protected override JournalAppend With(JournalAppend append, ImmutableArray<IncidentFact> facts)
    {
        _future = _history.After(facts);
        return append with
        {
            Case = _future.State.ToRow(), Kpis = [.. KpiEntries.Of(_number, _future.Counts, rules.View)],
        };
    }

    private Decided<IncidentFact> Decide(IncidentCommand command)
    {
        var decision = rules.Decider.Decide(_history.State, _number, command, NowBy(time));
        return new Decided<IncidentFact>(decision.Reject, decision.Facts);
    }

    private CommandOutcome OutcomeOf(IncidentCommand command, Ending ending) => ending.Reject is { } reject
        ? new CommandOutcome(reject, _history.Current())
        : new CommandOutcome(null, _history.AfterCommand(command.CommandId) ?? _history.Current());

    private Guid ClockId(IncidentFact fact, DateTimeOffset due) => fact is RungPassed passed
        ? RungId(_number, passed.Step, _history.State!.DueAt!.Value, passed.Rung)
        : DeadlineId(_number, _history.State!.Step, due);

    /// <summary>The same deadline has the same command id in every process: the journal takes it once.</summary>
    internal static Guid DeadlineId(CaseNumber number, Step step, DateTimeOffset due) => RungId(number, step, due, 0);

    /// <summary>The same for a rung after a deadline.</summary>
    internal static Guid RungId(CaseNumber number, Step step, DateTimeOffset due, int rung)
    {
        Span<byte> text = stackalloc byte[64];
        var length = Encoding.ASCII.GetBytes(number.Value, text);
        text[length++] = (byte)step;
        BinaryPrimitives.WriteInt64LittleEndian(text[length..], due.UtcTicks);
        length += sizeof(long);
        if (rung > 0)
            text[length++] = (byte)rung;

        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(text[..length], hash);
        return new Guid(hash[..16]);
    }

    private void NotifyGrid()
    {
        if (Row is { } row)
            _ = GrainFactory.GetGrain<IGridGrain>(_number.Grid.Value).CaseChangedAsync(row);
    }
}
