using GridMesh.Contracts.Access;
using GridMesh.Contracts.Facts;
using GridMesh.Contracts.Storage;
using GridMesh.Storage.Databases;

namespace GridMesh.Storage.Personal;

/// <summary>
/// By what a subject is found again: a keyed hash of a name or number that its facts hold, which goes with them.
/// </summary>
/// <param name="IsAuthor">Who began the stream.</param>
internal sealed record PersonalName(string Hash, string Stream, string Subject, bool IsAuthor)
{
    /// <summary>Longest text that is taken for a name.</summary>
    private const int NameMax = 200;

    /// <summary>What names somebody as it is; of other texts, the numbers in them do.</summary>
    private static readonly HashSet<string> s_names = [PersonalTokens.Author, "reporter", "name", "phone", "contact"];

    public static IEnumerable<PersonalName> Of(JournalAppend append, NewFact fact, PersonalToken token, SecretBox box)
    {
        foreach (var number in PersonalText.NumbersIn(token.Text))
            yield return new PersonalName(box.HashOf(number), append.Stream, fact.Subject, false);
        if (token.Part == PersonalPart.Contact && s_names.Contains(token.Field) && token.Text.Length <= NameMax)
            yield return new PersonalName(
                HashOf(token.Text, box), append.Stream, fact.Subject,
                IsAuthor: token.Field == PersonalTokens.Author && append.ExpectedVersion == 0);
    }

    /// <summary>A number is the same however it is written.</summary>
    public static string HashOf(string value, SecretBox box) => box.HashOf(
        PersonalText.NumbersIn(value) is [var number] && number.Length >= value.Trim().Length - 6
            ? number
            : value.Trim());
}
