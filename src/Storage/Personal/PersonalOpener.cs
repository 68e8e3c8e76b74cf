using GridMesh.Contracts.Storage;
using GridMesh.Storage.Databases;

namespace GridMesh.Storage.Personal;

/// <summary>Opens what is sealed in facts that were read. Keys are always asked for: what was erased is gone.</summary>
internal sealed class PersonalOpener(Database database, SecretBox box)
{
    public async ValueTask<IReadOnlyList<JournalRecord>> OpenAsync(
        IReadOnlyList<JournalRecord> facts, CancellationToken cancellation, DataKeyCache? learning = null)
    {
        var ids = new HashSet<string>();
        foreach (var fact in facts)
            SealedText.AddKeys(fact.By, fact.Payload.Span, ids);
        if (ids.Count == 0)
            return facts;
        var keys = (await database.ListAsync(
            $"SELECT {DataKey.Columns} FROM personal_keys WHERE {database.IsOneOf("id", "@ids")}",
            row => DataKey.Read(row, box), cancellation,
            ("ids", database.Texts(ids)))).ToDictionary(key => key.Id);
        learning?.Add(keys.Values);
        return [.. facts.Select(fact => fact with
        {
            By = SealedText.Open(fact.By, keys), Payload = SealedText.Open(fact.Payload, keys),
        })];
    }
}
