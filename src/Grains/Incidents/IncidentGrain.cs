using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using GridMesh.Contracts.Grids;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Json;
using GridMesh.Contracts.Storage;
using GridMesh.Grains.Directory;
using GridMesh.Grains.Kpis;

namespace GridMesh.Grains.Incidents;

/// <summary>
/// One case. Decide → append to the journal → apply → answer, in this order: nothing is in memory that is not on disk.
/// </summary>
internal sealed class IncidentGrain(IJournal journal, DirectoryRules rules, TimeProvider time) : Grain, IIncidentGrain
{
    /// <summary>How often a command is decided anew when the stream had moved on.</summary>
    private const int TriesMax = 3;

    private CaseNumber _number;
    private IncidentHistory _history = null!;
    private bool _loaded;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _number = CaseNumber.Parse(this.GetPrimaryKeyString());
        _history = new IncidentHistory(_number);
        return Task.CompletedTask;
    }

    public async Task<CommandOutcome> ExecuteAsync(IncidentCommand command)
    {
        // A number that was just issued has no facts yet: the journal refuses version 1 twice should it have.
        if (command is not ReportIncident)
        {
            await LoadAsync();
        }

        if (_history.AfterCommand(command.CommandId) is { } answered)
        {
            return new CommandOutcome(null, answered);
        }

        for (var tries = 1; ; tries++)
        {
            var decision = rules.Decider.Decide(_history.State, _number, command, time.GetUtcNow());
            if (decision.Reject is { } reject)
            {
                // A no is said only over what the journal holds: another activation may have gone on with the case.
                if (tries < TriesMax && await LoadAsync(anew: true))
                {
                    DeactivateOnIdle();
                    continue;
                }

                return new CommandOutcome(reject, _history.Current());
            }

            if (decision.Facts.IsEmpty)
            {
                return new CommandOutcome(null, _history.Current());
            }

            var outcome = await AppendAsync(command.CommandId, decision.Facts);
            switch (outcome.Result)
            {
                case AppendResult.Appended:
                    return new CommandOutcome(null, _history.Current());
                case AppendResult.CommandKnown:
                    return await FirstAnswerAsync(command, outcome.Stream);
                case AppendResult.VersionConflict when tries < TriesMax:
                    // Another activation of this case has written: it is the one in force, and this one goes.
                    DeactivateOnIdle();
                    await LoadAsync(anew: true);
                    break;
                default:
                    throw new StorageUnavailableException($"{_number}: the stream kept moving");
            }
        }
    }

    public async Task<IncidentView?> GetAsync()
    {
        await LoadAsync();
        return _history.Current();
    }

    public async Task<bool> PassDeadlineAsync(Step step, DateTimeOffset due)
    {
        await LoadAsync();
        var decision = rules.Decider.PassDeadline(_history.State, step, due, time.GetUtcNow());
        if (decision.Facts.IsDefaultOrEmpty)
        {
            return false;
        }

        var outcome = await AppendAsync(ClockId(decision.Facts[0], due), decision.Facts);
        if (outcome.Result != AppendResult.Appended)
        {
            if (outcome.Result == AppendResult.VersionConflict)
            {
                DeactivateOnIdle();
            }

            await LoadAsync(anew: true);
            NotifyGrid();
        }

        return outcome.Result == AppendResult.Appended;
    }

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
        {
            text[length++] = (byte)rung;
        }

        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(text[..length], hash);
        return new Guid(hash[..16]);
    }

    private async Task<AppendOutcome> AppendAsync(Guid commandId, ImmutableArray<IncidentFact> facts)
    {
        var after = _history.After(facts);
        var append = new JournalAppend(
            _number.Value, _history.Version, commandId, _number.Grid.District,
            [.. facts.Select(FactJson.ToNew)],
            Case: after.State.ToRow(),
            Kpis: [.. KpiEntries.Of(_number, after.Counts, rules.View)]);
        AppendOutcome outcome;
        try
        {
            outcome = await journal.AppendAsync(append);
        }
        catch (StorageUnavailableException)
        {
            // It may have been written all the same: what is in memory is no longer known to be the whole case.
            _loaded = false;
            throw;
        }

        if (outcome.Result == AppendResult.Appended)
        {
            _history.Add(commandId, after);
            _loaded = true;
            NotifyGrid();
        }

        return outcome;
    }

    /// <summary>
    /// The command is in the journal already: here, or (a report sent again) under an earlier number.
    /// </summary>
    private async Task<CommandOutcome> FirstAnswerAsync(IncidentCommand command, string stream)
    {
        if (stream == _number.Value)
        {
            await LoadAsync(anew: true);
            NotifyGrid();
            return new CommandOutcome(null, _history.AfterCommand(command.CommandId));
        }

        return command is ReportIncident && CaseNumber.TryParse(stream, out _, out _)
            ? await GrainFactory.GetGrain<IIncidentGrain>(stream).ExecuteAsync(command)
            : new CommandOutcome(RejectCode.CommandIdAlreadyUsed, _history.Current());
    }

    /// <summary>True when the journal holds more than was known.</summary>
    private async Task<bool> LoadAsync(bool anew = false)
    {
        if (_loaded && !anew)
        {
            return false;
        }

        var records = await journal.ReadStreamAsync(_number.Value, _history.Version);
        foreach (var record in records)
        {
            _history.Add(record.Version, record.CommandId, IncidentHistory.Decode(record));
        }

        _loaded = true;
        return records.Count > 0;
    }

    private void NotifyGrid()
    {
        if (_history.State is { } state)
        {
            _ = GrainFactory.GetGrain<IGridGrain>(_number.Grid.Value).CaseChangedAsync(state.ToRow());
        }
    }
}
