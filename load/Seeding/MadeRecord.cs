using GridMesh.Contracts.Facts;

namespace GridMesh.Load.Seeding;

internal static class MadeRecord
{
    /// <summary>A made fact as a journal hands it out. It comes from none: the hash is empty.</summary>
    public static JournalRecord Of<TFact>(
        long seq, string stream, long version, Guid command, AreaCode district, TFact fact)
        where TFact : class, IFact =>
        new(seq, stream, version, command, district, fact.GetType().Name, fact.At, fact.By, FactJson.Encode(fact),
            default);
}
