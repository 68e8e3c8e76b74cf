using GridMesh.Contracts.Storage;

namespace GridMesh.Storage.Journals;

/// <summary>
/// Judges a group of appends in order, by what is known of streams and commands. Pure: the known is handed in, the
/// verdicts are the writes' results.
/// </summary>
internal sealed class JournalPlan
{
    private readonly Dictionary<string, long> _versions = [];
    private readonly Dictionary<Guid, CommandPlace> _commands = [];

    public List<JournalWrite> Accepted { get; } = [];

    /// <summary>Those that are not where the known versions say: to be checked against the database.</summary>
    public List<JournalWrite> Conflicts { get; } = [];

    /// <summary>Versions of the streams after the accepted.</summary>
    public IReadOnlyDictionary<string, long> Versions => _versions;

    public static JournalPlan Make(
        IReadOnlyList<JournalWrite> group, Func<string, long> versionOf, IReadOnlyDictionary<Guid, CommandPlace> known)
    {
        var plan = new JournalPlan();
        foreach (var write in group)
            plan.Judge(write, versionOf, known);
        return plan;
    }

    private void Judge(
        JournalWrite write, Func<string, long> versionOf, IReadOnlyDictionary<Guid, CommandPlace> known)
    {
        var append = write.Append;
        if (known.TryGetValue(append.CommandId, out var place) || _commands.TryGetValue(append.CommandId, out place))
        {
            write.Result = new AppendOutcome(AppendResult.CommandKnown, place.Stream, place.Version, place.Digest);
            return;
        }

        if (!_versions.TryGetValue(append.Stream, out var version))
            version = versionOf(append.Stream);
        if (version != append.ExpectedVersion)
        {
            write.Result = new AppendOutcome(AppendResult.VersionConflict, append.Stream, version);
            Conflicts.Add(write);
            return;
        }

        version += append.Facts.Count;
        write.Result = new AppendOutcome(AppendResult.Appended, append.Stream, version);
        _versions[append.Stream] = version;
        _commands[append.CommandId] = new CommandPlace(append.Stream, version, append.Digest);
        Accepted.Add(write);
    }
}
