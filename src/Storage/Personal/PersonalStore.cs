using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Facts;
using GridMesh.Contracts.Storage;
using GridMesh.Storage.Databases;

namespace GridMesh.Storage.Personal;

/// <summary>Reads of keys and names; they are written with the journal.</summary>
internal sealed class PersonalStore(Database database, SecretBox box) : IPersonalStore
{
    public async ValueTask<IReadOnlyList<PersonalSubject>> FindAsync(
        string value, CancellationToken cancellation = default)
    {
        StorableText.Check(value);
        return await database.ListAsync(
            "SELECT DISTINCT stream, subject FROM personal_names WHERE hash = @hash ORDER BY stream, subject"
            + $" LIMIT {IPersonalStore.SubjectsMax}",
            row => new PersonalSubject(row.GetString(0), row.GetString(1)), cancellation,
            ("hash", PersonalName.HashOf(value, box)));
    }

    public async ValueTask<bool> HasAsync(PersonalSubject subject, CancellationToken cancellation = default) =>
        (await database.ListAsync(
            "SELECT 1 FROM personal_keys WHERE stream = @stream AND subject = @subject LIMIT 1", static _ => true,
            cancellation, ("stream", subject.Stream), ("subject", subject.Subject))).Count > 0;

    public string MarkOf(string value) => PersonalName.HashOf(value, box);

    public async ValueTask<IReadOnlyList<CaseNumber>> ReadHeldAsync(
        PersonalPart part, int closedDay, string after, int limit, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, IPersonalStore.SubjectsMax);
        return await database.ListAsync(
            "SELECT DISTINCT c.number FROM personal_keys k JOIN cases c ON c.number = k.stream"
            + $" WHERE k.part = {(int)part} AND k.stream > @after AND c.closed_day BETWEEN 1 AND @day"
            + $" ORDER BY c.number LIMIT {limit}",
            row => CaseNumber.Parse(row.GetString(0)), cancellation, ("after", after), ("day", closedDay));
    }
}
