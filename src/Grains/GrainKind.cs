using GridMesh.Contracts.Facts;
using GridMesh.Contracts.Storage;
using GridMesh.Grains.Facts;

namespace GridMesh.Grains;

/// <summary>What everybody outside of a grain's class has to know of it: a row of <see cref="GrainKinds"/>.</summary>
/// <param name="Name">How it is called in addresses, states and reminders.</param>
public sealed record GrainKind(string Name, Type Class)
{
    /// <summary>The family of the facts that it writes; null where it writes none.</summary>
    public Type? Facts { get; init; }

    /// <summary>What its streams begin with; empty where a stream is called by nothing but the grain's key.</summary>
    public string Prefix { get; init; } = string.Empty;

    /// <summary>It lives where its community does.</summary>
    public bool LivesByArea { get; init; } = true;

    /// <summary>It is never idle: somebody has to wake it, and to move it where it belongs.</summary>
    public bool StaysAwake { get; init; }

    /// <summary>Its facts count in the indices.</summary>
    public bool HasIndices { get; init; }

    /// <summary>
    /// Opens the fold of a grain that keeps a snapshot of it, from the snapshot or, without one, empty; null where none
    /// is kept.
    /// </summary>
    public Func<StateRow?, IFactFold>? Fold { get; init; }

    /// <summary>After every stream with this prefix, as bytes are compared.</summary>
    public string StreamsEnd => Prefix[..^1] + (char)(Prefix[^1] + 1);

    /// <summary>Where the facts of one of its grains lie in the journal.</summary>
    public string StreamOf(string key) => Prefix + key;

    /// <summary>Whose stream it is.</summary>
    public string KeyOf(string stream) => stream[Prefix.Length..];

    /// <summary>A fact of its family.</summary>
    /// <exception cref="System.Text.Json.JsonException">It is none.</exception>
    public IFact Decode(JournalRecord record) => FactJson.Decode(record, Facts!);
}
