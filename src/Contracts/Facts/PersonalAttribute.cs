namespace GridMesh.Contracts.Facts;

/// <summary>
/// What of a person a value is; each part of a subject has a key of its own, so that one may go before the other.
/// </summary>
public enum PersonalPart
{
    /// <summary>Who it is and how to reach them.</summary>
    Contact,

    /// <summary>What was written: people may be in it.</summary>
    Words,
}

/// <summary>
/// Marks what is personal in a fact: the store seals it with a key of its subject. A text of a fact has a mark, or a
/// test lists it as none of anybody.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public abstract class PersonalAttribute(PersonalPart part) : Attribute
{
    public PersonalPart Part { get; } = part;
}

/// <inheritdoc cref="PersonalPart.Contact"/>
public sealed class ContactAttribute() : PersonalAttribute(PersonalPart.Contact);

/// <inheritdoc cref="PersonalPart.Words"/>
public sealed class WordsAttribute() : PersonalAttribute(PersonalPart.Words);
