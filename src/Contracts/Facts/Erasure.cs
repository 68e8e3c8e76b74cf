namespace GridMesh.Contracts.Facts;

/// <summary>What goes with a fact: the keys with which its subject was sealed are thrown away.</summary>
/// <param name="Last">This part and those before it: who it was, or what was written too.</param>
/// <param name="Photos">Hashes of photos, which go where nobody else names them.</param>
public sealed record Erasure(PersonalPart Last, ImmutableArray<string> Photos)
{
    /// <summary>Whoever it is about, and all that was written.</summary>
    public static Erasure Whole { get; } = new(PersonalPart.Words, []);
}
