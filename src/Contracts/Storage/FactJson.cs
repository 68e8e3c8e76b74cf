using System.Text.Json;
using GridMesh.Contracts.Facts;
using GridMesh.Contracts.Json;

namespace GridMesh.Contracts.Storage;

/// <summary>How facts lie in the journal: JSON of their family, with the type's name in it.</summary>
public static class FactJson
{
    /// <typeparam name="TFact">The family, whose JSON tells its members apart.</typeparam>
    public static byte[] Encode<TFact>(TFact fact)
        where TFact : class, IFact =>
        JsonSerializer.SerializeToUtf8Bytes(fact, MeshJson.Compact);

    /// <exception cref="InvalidOperationException">The payload is null.</exception>
    /// <exception cref="JsonException">It is no fact of this family.</exception>
    public static TFact Decode<TFact>(JournalRecord record)
        where TFact : class, IFact =>
        JsonSerializer.Deserialize<TFact>(record.Payload.Span, MeshJson.Compact)
        ?? throw new InvalidOperationException($"{record.Stream} {record.Version}: empty fact");

    /// <summary>The fact on its way to the journal.</summary>
    public static NewFact ToNew<TFact>(TFact fact, bool isByResident = false)
        where TFact : class, IFact =>
        new(fact.GetType().Name, fact.At, fact.By, Encode(fact), fact.Subject, isByResident, fact.Erasure);
}
