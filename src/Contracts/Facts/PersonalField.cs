using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;

namespace GridMesh.Contracts.Facts;

/// <summary>What is personal in the JSON of a fact: by the name of a property, a part or what lies below it.</summary>
/// <param name="Part">Of a text, or of every text of a list; null where something lies below.</param>
public sealed record PersonalField(PersonalPart? Part, FrozenDictionary<string, PersonalField> Below)
{
    public static FrozenDictionary<string, PersonalField> None => FrozenDictionary<string, PersonalField>.Empty;

    private static readonly FrozenDictionary<string, PersonalField> s_facts = typeof(IFact).Assembly.GetTypes()
        .Where(type => type is { IsAbstract: false, IsInterface: false } && type.IsAssignableTo(typeof(IFact)))
        .Select(type => KeyValuePair.Create(type.Name, BelowOf(type)))
        .Where(fact => fact.Value.Count > 0)
        .ToFrozenDictionary(fact => fact.Key, fact => new PersonalField(null, fact.Value));

    /// <summary>Of a kind of fact by its name; null where nothing of it is personal.</summary>
    public static PersonalField? Of(string factType) => s_facts.GetValueOrDefault(factType);

    private static FrozenDictionary<string, PersonalField> BelowOf(Type type) => type
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Select(property => KeyValuePair.Create(
            JsonNamingPolicy.CamelCase.ConvertName(property.Name), OfProperty(property)))
        .Where(property => property.Value is not null)
        .ToFrozenDictionary(property => property.Key, property => property.Value!);

    private static PersonalField? OfProperty(PropertyInfo property)
    {
        if (property.GetCustomAttribute<PersonalAttribute>() is { } mark)
            return new PersonalField(mark.Part, None);

        var type = property.PropertyType;
        while (type.IsGenericType)
            type = type.GetGenericArguments()[^1];

        return type.IsClass && type.Assembly == typeof(IFact).Assembly && BelowOf(type) is { Count: > 0 } below
            ? new PersonalField(null, below)
            : null;
    }
}
