using System.Security.Cryptography;
using System.Text;
using GridMesh.Contracts.Patrols;
using GridMesh.Contracts.Storage;
using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace GridMesh.Grains.Patrols;

/// <content>How facts get into the journal and out of it.</content>
internal sealed partial class PatrolGrain
{
    /// <summary>Facts after which the fold is kept: waking reads no more than these.</summary>
    private const int FactsUntilKept = 256;

    /// <summary>What is in memory is the whole stream, as far as this activation knows.</summary>
    private bool _isCurrent;

    private string Stream => PatrolStream.Of(_grid.Value);

    /// <summary>
    /// Facts that come of the clock or of positions. Each is a command of its own, named after its checkpoint and
    /// round, so that the journal takes it once whoever writes; they are on their way together, and where one fails
    /// those behind it do too.
    /// </summary>
    private async Task WriteAsync(ImmutableArray<PatrolFact> facts)
    {
        if (facts.IsEmpty)
        {
            return;
        }

        _isCurrent = false;
        var version = _book.Version;
        var outcomes = await Task.WhenAll(facts.Select(
            (fact, i) => journal.AppendAsync(AppendOf(IdOf(fact), version + i, fact)).AsTask()));
        if (outcomes.All(outcome => outcome.Result == AppendResult.Appended))
        {
            await TakeAsync(facts);
            return;
        }

        // Another activation was faster: it is the one in force, and what is left is decided over what it wrote.
        DeactivateOnIdle();
        await ReadAsync(CancellationToken.None);
        if (_book.Version == version)
        {
            throw new StorageUnavailableException($"{Stream}: a fact is neither new nor known");
        }
    }

    private Guid IdOf(PatrolFact fact) => new(SHA256.HashData(Encoding.UTF8.GetBytes(fact switch
    {
        CheckpointDone done => $"{Stream}\ndone\n{done.Slot}",
        CheckpointMissed missed => $"{Stream}\nmissed\n{missed.Slot}",
        _ => throw new InvalidOperationException($"{fact.GetType().Name} comes by a command of its own"),
    })).AsSpan(0, 16));

    private JournalAppend AppendOf(Guid commandId, long version, PatrolFact fact) =>
        new(Stream, version, commandId, _grid.District, [PatrolStream.Encode(fact)]);

    private async Task<AppendResult> AppendAsync(Guid commandId, PatrolFact fact)
    {
        // Until the answer is here, what is in memory may not be the whole stream.
        _isCurrent = false;
        var outcome = await journal.AppendAsync(AppendOf(commandId, _book.Version, fact));
        if (outcome.Result == AppendResult.Appended)
        {
            await TakeAsync([fact]);
        }
        else if (outcome.Result == AppendResult.VersionConflict)
        {
            // Another activation of these patrols has written: it is the one in force, and this one goes.
            DeactivateOnIdle();
        }

        return outcome.Result;
    }

    /// <summary>They are on disk: only now they count.</summary>
    private async Task TakeAsync(ImmutableArray<PatrolFact> facts)
    {
        foreach (var fact in facts)
        {
            _book.Apply(_book.Version + 1, fact);
        }

        _isCurrent = true;
        if (_book.Version - memory.State.Version >= FactsUntilKept)
        {
            await KeepAsync();
        }
    }

    private async Task ReadAsync(CancellationToken cancellation)
    {
        if (_isCurrent)
        {
            return;
        }

        foreach (var record in await journal.ReadStreamAsync(Stream, _book.Version, cancellation))
        {
            _book.Apply(record.Version, PatrolStream.Decode(record));
        }

        _isCurrent = true;
    }

    private async Task KeepAsync()
    {
        try
        {
            memory.State = _book.ToMemory();
            await memory.WriteStateAsync();
        }
        catch (Exception e) when (e is StorageUnavailableException or InconsistentStateException)
        {
            // Only a shortcut is lost: the next activation reads more of the journal.
            log.LogWarning(e, "The fold of the patrols of grid {Grid} was not kept", _grid);
            memory.State = new PatrolMemory();
        }
    }
}
