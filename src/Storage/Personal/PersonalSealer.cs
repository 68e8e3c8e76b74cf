using System.Buffers;
using GridMesh.Contracts.Facts;
using GridMesh.Contracts.Storage;
using GridMesh.Storage.Databases;

namespace GridMesh.Storage.Personal;

/// <summary>An append as it is written: what is personal is sealed, with the keys that are new.</summary>
internal sealed record SealedAppend(
    JournalAppend Append, IReadOnlyList<DataKey> Keys, IReadOnlyList<PersonalName> Names);

/// <summary>
/// Seals what is personal on its way to the journal, so that a thrown-away key takes it out of a chain that nobody may
/// rewrite.
/// </summary>
internal sealed class PersonalSealer(DataKeyCache cache, SecretBox box, TimeProvider time)
{
    /// <summary>Null: whether all who write know of sealed values is not known yet.</summary>
    private volatile object? _isAgreed;

    public bool? IsAgreed => (bool?)_isAgreed;

    /// <summary>Until everybody who writes can read what is sealed, nothing is.</summary>
    public void Agree(bool isAgreed) => _isAgreed = isAgreed;

    public SealedAppend Seal(JournalAppend append)
    {
        if (IsAgreed is not true || !append.Facts.Any(IsPersonal))
            return new SealedAppend(append, [], []);
        var sealing = new Sealing(append, cache, box, time);
        return new SealedAppend(
            append with { Facts = [.. append.Facts.Select(sealing.Seal)] }, sealing.Keys, [.. sealing.Names]);
    }

    private static bool IsPersonal(NewFact fact) => fact.IsByResident || PersonalField.Of(fact.Type) is not null;

    private sealed class Sealing(JournalAppend append, DataKeyCache cache, SecretBox box, TimeProvider time)
    {
        public List<DataKey> Keys { get; } = [];

        public HashSet<PersonalName> Names { get; } = [];

        public NewFact Seal(NewFact fact)
        {
            if (!IsPersonal(fact))
                return fact;
            var json = fact.Payload.Span;
            var output = new ArrayBufferWriter<byte>(json.Length * 2);
            var done = 0;
            foreach (var token in PersonalTokens.Find(json, PersonalField.Of(fact.Type), fact.IsByResident))
            {
                output.Write(json[done..token.Start]);
                SealedText.Seal(output, KeyOf(fact, token.Part), token.Field, json[token.Start..token.End]);
                done = token.End;
                Names.UnionWith(PersonalName.Of(append, fact, token, box));
            }

            output.Write(json[done..]);
            return fact with
            {
                Payload = output.WrittenMemory,
                By = fact.IsByResident
                    ? SealedText.Seal(KeyOf(fact, PersonalPart.Contact), PersonalTokens.Author, fact.By)
                    : fact.By,
            };
        }

        private DataKey KeyOf(NewFact fact, PersonalPart part)
        {
            if ((cache.Find(append.Stream, fact.Subject, part)
                ?? Keys.Find(key => key.Subject == fact.Subject && key.Part == part)) is { } known)
            {
                return known;
            }

            var made = DataKey.New(append.Stream, fact.Subject, part, box, time);
            Keys.Add(made);
            return made;
        }
    }
}
