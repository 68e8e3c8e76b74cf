using GridMesh.Contracts.Storage;
using GridMesh.Storage.Commits;
using GridMesh.Storage.Personal;

namespace GridMesh.Storage.Journals;

/// <summary>An append that waits for its group.</summary>
internal sealed class JournalWrite : Write<AppendOutcome>
{
    private readonly PersonalSealer _sealer;
    private SealedAppend? _sealed;

    /// <summary>Sealed where its caller is, unless nobody knows yet whether it may be.</summary>
    public JournalWrite(JournalAppend append, PersonalSealer sealer)
    {
        (Append, _sealer) = (append, sealer);
        _sealed = sealer.IsAgreed is null ? null : sealer.Seal(append);
    }

    public JournalAppend Append { get; }

    /// <summary>As it is written; the first of a process by the writer, once the database is open.</summary>
    public SealedAppend Sealed => _sealed ??= _sealer.Seal(Append);

    /// <summary>Keys come or go with it.</summary>
    public bool ChangesKeys => _sealed is not { Keys.Count: 0 } || Append.Facts.Any(fact => fact.Erasure is not null);

    public override int Weight => Append.Facts.Count;
}
