using System.Security.Cryptography;
using System.Text;
using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Facts;
using GridMesh.Contracts.Storage;
using Orleans.Runtime;

namespace GridMesh.Grains.Facts;

/// <summary>What a command comes to: facts, or why not. Neither: it is so already.</summary>
internal readonly record struct Decided<TFact>(RejectCode? Reject, ImmutableArray<TFact> Facts)
{
    public static implicit operator Decided<TFact>((RejectCode? Reject, TFact? Fact) one) =>
        new(one.Reject, one.Fact is null ? [] : [one.Fact]);
}

/// <summary>How a command ended.</summary>
/// <param name="Reject">Null when it is done, now or before.</param>
/// <param name="Elsewhere">With <see cref="RejectCode.CommandIdAlreadyUsed"/>: the other stream that has it.</param>
internal readonly record struct Ending(RejectCode? Reject, string? Elsewhere = null);

/// <summary>
/// A grain that is a fold of its facts in the journal, and the one way to write them: decide over the whole stream,
/// append, apply, answer. Nothing is in memory that is not on disk, and what is said is said over what the journal
/// holds. Two activations are told apart by the versions of the stream: the one that was overtaken reads anew and goes.
/// </summary>
internal abstract class EventSourced<TFact>(IJournal journal) : MeshGrain
    where TFact : class, IFact
{
    /// <summary>How often a command is decided anew when the stream had moved on.</summary>
    private const int TriesMax = 3;

    private string? _stream;
    private DateTimeOffset _lastAt;

    /// <summary>As far as is known, what is in memory is the whole stream.</summary>
    private bool _isCurrent;

    protected abstract GrainKind Kind { get; }

    protected abstract AreaCode District { get; }

    /// <summary>Facts in memory.</summary>
    protected abstract long Version { get; }

    protected IJournal Journal => journal;

    protected string Stream => _stream ??= Kind.StreamOf(this.GetPrimaryKeyString());

    /// <summary>
    /// The moment of a decision: facts of a stream never go back in time, though the clock of the machine may be set
    /// back, or that of another silo be ahead.
    /// </summary>
    protected DateTimeOffset NowBy(TimeProvider time) => time.GetUtcNow() is var now && now < _lastAt ? _lastAt : now;

    /// <summary>Takes in the next fact; one that is there already changes nothing.</summary>
    protected abstract void Take(JournalRecord record, TFact fact);

    /// <summary>Facts that were just written; only now they count.</summary>
    protected abstract void Take(JournalAppend written, ImmutableArray<TFact> facts);

    /// <summary>The rows and indices that change with the facts, in their transaction.</summary>
    protected virtual JournalAppend With(JournalAppend append, ImmutableArray<TFact> facts) => append;

    /// <summary>What a command in memory was written with; null for one that memory does not know.</summary>
    protected virtual (long? Digest, bool IsKnown) Recall(Guid commandId) => default;

    /// <summary>Reads what is lacking.</summary>
    protected virtual async Task LoadAsync(CancellationToken cancellation)
    {
        foreach (var record in await journal.ReadStreamAsync(Stream, Version, cancellation))
        {
            Take(record, FactJson.Decode<TFact>(record));
            _lastAt = record.At;
        }
    }

    /// <summary>Reads what is lacking, where something may be.</summary>
    protected async Task ReadAsync(CancellationToken cancellation = default)
    {
        if (!_isCurrent)
        {
            await LoadAsync(cancellation);
            _isCurrent = true;
        }
    }

    /// <summary>
    /// Does a client's command. One that was done before is answered as it was then, whatever it would meet now; its id
    /// with something else in it, or from elsewhere, is refused (rules ON1, ON3).
    /// </summary>
    /// <param name="decide">Over what is in memory; pure.</param>
    /// <param name="isFirst">
    /// The stream is new, as far as the sender knows: nothing is read, the journal refuses version 1 twice.
    /// </param>
    protected async Task<Ending> ExecuteAsync(ICommand command, Func<Decided<TFact>> decide, bool isFirst = false)
    {
        var digest = CommandDigest.Of(command);
        for (var tries = 1; ; tries++)
        {
            if (!isFirst || tries > 1)
                await ReadAsync();

            if (Recall(command.CommandId) is { IsKnown: true } known)
                return Again(Stream, known.Digest, digest);

            var (reject, facts) = decide();
            if (facts.IsDefaultOrEmpty)
            {
                if (tries < TriesMax && await WasBehindAsync())
                    continue;

                return await journal.FindCommandAsync(command.CommandId) is { } found
                    ? Again(found.Stream, found.Digest, digest)
                    : new Ending(reject);
            }

            var outcome = await WriteAsync(
                AppendOf(command.CommandId, Version, facts, command.By.Role == Role.Resident) with { Digest = digest },
                facts);
            switch (outcome.Result)
            {
                case AppendResult.Appended:
                    return default;
                case AppendResult.CommandKnown:
                    await ReadAsync();
                    return Again(outcome.Stream, outcome.Digest, digest);
                case AppendResult.VersionConflict when tries < TriesMax:
                    DeactivateOnIdle();
                    break;
                default:
                    throw new StorageUnavailableException($"{Stream}: the stream kept moving");
            }
        }
    }

    /// <summary>
    /// Facts that come of no client's command. Each group is a command of its own by the id that it is given, so that
    /// the journal takes it once whoever writes; they are on their way together, and where one fails those behind it do
    /// too.
    /// </summary>
    /// <returns>False where another activation was faster: what it wrote has been read.</returns>
    protected async Task<bool> AppendAsync(IReadOnlyList<(Guid Id, ImmutableArray<TFact> Facts)> commands)
    {
        var before = Version;
        var appends = new List<(JournalAppend Append, ImmutableArray<TFact> Facts)>();
        var version = before;
        foreach (var (id, facts) in commands)
        {
            appends.Add((AppendOf(id, version, facts), facts));
            version += facts.Length;
        }

        _isCurrent = false;
        var outcomes = await Task.WhenAll(appends.Select(one => journal.AppendAsync(one.Append).AsTask()));
        if (outcomes.All(outcome => outcome.Result == AppendResult.Appended))
        {
            appends.ForEach(one => Take(one.Append, one.Facts));
            _lastAt = appends[^1].Facts[^1].At;
            _isCurrent = true;
            return true;
        }

        DeactivateOnIdle();
        await ReadAsync();
        return Version > before
            ? false
            : throw new StorageUnavailableException($"{Stream}: a fact is neither new nor known");
    }

    /// <summary>One fact a command, each known by a name that is the same in every process.</summary>
    protected Task<bool> AppendAsync(IEnumerable<TFact> facts, Func<TFact, string> nameOf) => AppendAsync(
        [.. facts.Select(fact => (
            new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{Stream}\n{nameOf(fact)}")).AsSpan(0, 16)),
            ImmutableArray.Create(fact)))]);

    /// <summary>
    /// Whether another activation has gone on: then it is the one in force, what it wrote has been read, and this one
    /// goes.
    /// </summary>
    private async Task<bool> WasBehindAsync()
    {
        var before = Version;
        _isCurrent = false;
        await ReadAsync();
        if (Version == before)
            return false;

        DeactivateOnIdle();
        return true;
    }

    private async Task<AppendOutcome> WriteAsync(JournalAppend append, ImmutableArray<TFact> facts)
    {
        // Until it is answered, and after a failure, nobody knows whether memory is the whole stream.
        _isCurrent = false;
        var outcome = await journal.AppendAsync(append);
        if (outcome.Result == AppendResult.Appended)
        {
            Take(append, facts);
            _lastAt = facts[^1].At;
            _isCurrent = true;
        }

        return outcome;
    }

    private JournalAppend AppendOf(
        Guid commandId, long version, ImmutableArray<TFact> facts, bool isByResident = false) => With(
        new JournalAppend(
            Stream, version, commandId, District, [.. facts.Select(fact => FactJson.ToNew(fact, isByResident))]),
        facts);

    /// <summary>Facts of databases from before have no digest: their commands are taken for the same.</summary>
    private Ending Again(string stream, long? written, long digest) =>
        stream != Stream ? new Ending(RejectCode.CommandIdAlreadyUsed, stream)
        : written is { } other && other != digest ? new Ending(RejectCode.CommandIdAlreadyUsed)
        : default;
}
