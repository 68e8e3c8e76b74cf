using System.Security.Cryptography;
using System.Text;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Json;
using GridMesh.Contracts.Kpis;
using GridMesh.Contracts.Storage;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace GridMesh.Grains.Journals;

/// <summary>
/// Keeps a fold in step with its stream in the journal: a fact is on disk before it is applied, and what is in memory
/// is read again when it may not be the whole stream. Now and then the fold is kept in the state of its grain.
/// </summary>
/// <param name="overtaken">Another activation has written: it is the one in force, and this one should go.</param>
/// <param name="kpis">What a fact adds to the indices.</param>
internal sealed class FactLog<TFact, TMemory>(
    FactFold<TFact, TMemory> fold, IPersistentState<TMemory> memory, IJournal journal, string stream,
    AreaCode district, Action overtaken, ILogger log, Func<TFact, IEnumerable<KpiEntry>>? kpis = null)
    where TFact : class, IFact
    where TMemory : IFoldMemory, new()
{
    /// <summary>How often a command is decided anew when the stream had moved on.</summary>
    private const int TriesMax = 3;

    private bool _isCurrent;

    public KeptFold<TFact, TMemory> Kept { get; } = new(fold, memory, stream, overtaken, log);

    /// <summary>Reads what the fold lacks, where it may lack something.</summary>
    public async Task ReadAsync(CancellationToken cancellation = default)
    {
        if (_isCurrent)
        {
            return;
        }

        foreach (var record in await journal.ReadStreamAsync(stream, fold.Version, cancellation))
        {
            fold.Apply(record.Version, FactJson.Decode<TFact>(record));
        }

        _isCurrent = true;
    }

    /// <summary>
    /// Does a client's command: decides over the whole stream, writes the fact, applies it. A command that was done
    /// before is answered as it was then, whatever it would meet now.
    /// </summary>
    /// <param name="decide">A fact, or why not; neither: it is so already.</param>
    /// <returns>Why not, or null when it is done.</returns>
    public async Task<RejectCode?> ExecuteAsync(Guid commandId, Func<(RejectCode? Reject, TFact? Fact)> decide)
    {
        for (var tries = 1; tries <= TriesMax; tries++)
        {
            await ReadAsync();
            var (reject, fact) = decide();
            if (fact is null)
            {
                return reject is null ? null : await KnownAsync(commandId, reject.Value);
            }

            _isCurrent = false;
            var outcome = await journal.AppendAsync(AppendOf(commandId, fold.Version, fact));
            switch (outcome.Result)
            {
                case AppendResult.Appended:
                    Take([fact]);
                    return null;
                case AppendResult.CommandKnown:
                    await ReadAsync();
                    return outcome.Stream == stream ? null : RejectCode.CommandIdAlreadyUsed;
                default:
                    overtaken();
                    break;
            }
        }

        throw new StorageUnavailableException($"{stream}: the stream kept moving");
    }

    /// <summary>
    /// Facts that come of no client's command. Each is a command of its own by the name that it is given, so that the
    /// journal takes it once whoever writes; they are on their way together, and where one fails those behind it do
    /// too.
    /// </summary>
    /// <returns>False where another activation was faster: what it wrote has been read.</returns>
    public async Task<bool> AppendAsync(IReadOnlyList<TFact> facts, Func<TFact, string> nameOf)
    {
        _isCurrent = false;
        var version = fold.Version;
        var outcomes = await Task.WhenAll(facts.Select((fact, i) =>
            journal.AppendAsync(AppendOf(IdOf(nameOf(fact)), version + i, fact)).AsTask()));
        if (outcomes.All(outcome => outcome.Result == AppendResult.Appended))
        {
            Take(facts);
            return true;
        }

        overtaken();
        await ReadAsync();
        return fold.Version > version
            ? false
            : throw new StorageUnavailableException($"{stream}: a fact is neither new nor known");
    }

    private async Task<RejectCode?> KnownAsync(Guid commandId, RejectCode otherwise) =>
        await journal.FindCommandAsync(commandId) is not { } known ? otherwise
        : known.Stream == stream ? null
        : RejectCode.CommandIdAlreadyUsed;

    private JournalAppend AppendOf(Guid commandId, long version, TFact fact) =>
        new(stream, version, commandId, district, [FactJson.ToNew(fact)], Kpis: kpis is null ? null : [.. kpis(fact)]);

    /// <summary>They are on disk: only now they count.</summary>
    private void Take(IEnumerable<TFact> facts)
    {
        foreach (var fact in facts)
        {
            fold.Apply(fold.Version + 1, fact);
        }

        _isCurrent = true;
    }

    private Guid IdOf(string name) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"{stream}\n{name}")).AsSpan(0, 16));
}
