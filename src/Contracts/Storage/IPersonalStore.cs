using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Facts;

namespace GridMesh.Contracts.Storage;

/// <summary>Somebody whom facts are about, and what of them is sealed and can go.</summary>
/// <param name="Stream">Whose facts; a case's number, or a prefix and a grid.</param>
/// <param name="Subject">Within the stream; see <see cref="IFact.Subject"/>.</param>
public readonly record struct PersonalSubject(string Stream, string Subject);

/// <summary>
/// Whom facts name. What is personal in them is sealed a subject at a time, found again by keyed hashes, and gone with
/// the key; an erasure is written with its fact, see <see cref="IFact.Erasure"/>.
/// </summary>
public interface IPersonalStore
{
    /// <summary>Most subjects of one answer.</summary>
    const int SubjectsMax = 1_000;

    /// <summary>Whom a telephone number, a name as it was written or a resident's subject names.</summary>
    ValueTask<IReadOnlyList<PersonalSubject>> FindAsync(string value, CancellationToken cancellation = default);

    /// <summary>Whether anything of the subject is sealed and can go.</summary>
    ValueTask<bool> HasAsync(PersonalSubject subject, CancellationToken cancellation = default);

    /// <summary>Stands for the value on record, and tells it to nobody.</summary>
    string MarkOf(string value);

    /// <summary>
    /// Cases that were closed on that China day (yyyyMMdd) or before and still hold this part of people, by number.
    /// </summary>
    /// <param name="limit">1 to <see cref="SubjectsMax"/>.</param>
    ValueTask<IReadOnlyList<CaseNumber>> ReadHeldAsync(
        PersonalPart part, int closedDay, string after, int limit, CancellationToken cancellation = default);
}
