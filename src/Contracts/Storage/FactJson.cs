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

    /// <exception cref="JsonException">It is no fact of this family.</exception>
    public static TFact Decode<TFact>(JournalRecord record)
        where TFact : class, IFact => (TFact)Decode(record, typeof(TFact));

    /// <exception cref="JsonException">It is no fact of this family.</exception>
    public static IFact Decode(JournalRecord record, Type family)
    {
        try
        {
            return (IFact?)JsonSerializer.Deserialize(record.Payload.Span, family, MeshJson.Compact)
                ?? throw new JsonException($"{record.Stream} {record.Version}: empty fact");
        }
        catch (NotSupportedException e)
        {
            // So the serializer says that the payload does not tell which of the family it is.
            throw new JsonException($"{record.Stream} {record.Version}: no fact of this version", e);
        }
    }

    /// <summary>The fact on its way to the journal.</summary>
    public static NewFact ToNew<TFact>(TFact fact, bool isByResident = false)
        where TFact : class, IFact =>
        new(fact.GetType().Name, fact.At, fact.By, Encode(fact), fact.Subject, isByResident, fact.Erasure);
}
