using System.Text.Json;
using GridMesh.Contracts.Facts;

namespace GridMesh.Storage.Personal;

/// <summary>A text in the JSON of a fact that is personal.</summary>
/// <param name="Start">Of its token, quotes and all.</param>
internal readonly record struct PersonalToken(int Start, int End, string Field, PersonalPart Part, string Text);

/// <summary>Finds what is personal in the JSON of a fact.</summary>
internal static class PersonalTokens
{
    /// <summary>Who a fact is by, where that is somebody who lives here.</summary>
    public const string Author = "by";

    private static readonly PersonalField s_author = new(PersonalPart.Contact, PersonalField.None);

    /// <param name="isByResident">The author is personal too.</param>
    public static List<PersonalToken> Find(ReadOnlySpan<byte> json, PersonalField? fact, bool isByResident)
    {
        var found = new List<PersonalToken>();
        try
        {
            Find(found, json, fact, isByResident);
        }
        catch (JsonException)
        {
            // What is no JSON has no fields.
        }

        return found;
    }

    private static void Find(List<PersonalToken> found, ReadOnlySpan<byte> json, PersonalField? fact, bool isByResident)
    {
        var reader = new Utf8JsonReader(json);
        var above = new Stack<(PersonalField? Field, bool IsList, string Name)>();
        var (field, name) = (fact, string.Empty);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    name = reader.GetString()!;
                    field = isByResident && above.Count == 1 && name == Author
                        ? s_author
                        : above.Peek().Field?.Below.GetValueOrDefault(name);
                    continue;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    above.Push((field, reader.TokenType == JsonTokenType.StartArray, name));
                    continue;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    above.Pop();
                    break;
                case JsonTokenType.String when field?.Part is { } part && reader.ValueSpan.Length > 0:
                    found.Add(new PersonalToken(
                        (int)reader.TokenStartIndex, (int)reader.BytesConsumed, name, part, reader.GetString()!));
                    break;
            }

            // What follows is the next of a list, or the next property, which says itself what it is.
            if (above.TryPeek(out var outer) && outer.IsList)
                (field, _, name) = outer;
        }
    }
}
