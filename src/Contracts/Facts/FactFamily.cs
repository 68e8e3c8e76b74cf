using System.Collections.Concurrent;
using System.Text.Json.Serialization.Metadata;

namespace GridMesh.Contracts.Facts;

/// <summary>
/// The kinds of fact of one family: whatever derives from its abstract record. In JSON each is told apart by its type's
/// name in <see cref="Discriminator"/>, so a new kind is registered by being written down.
/// </summary>
public static class FactFamily
{
    public const string Discriminator = "type";

    private static readonly ConcurrentDictionary<Type, ImmutableArray<Type>> s_kinds = new();

    /// <summary>The kinds in the order of their names.</summary>
    public static ImmutableArray<Type> KindsOf(Type family) => s_kinds.GetOrAdd(family, one => [..
        one.Assembly.GetTypes().Where(type => !type.IsAbstract && type.IsSubclassOf(one))
            .OrderBy(type => type.Name, StringComparer.Ordinal)]);

    /// <summary>Tells the serializer of a family what its kinds are called.</summary>
    public static void Describe(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object || !type.Type.IsAbstract || !type.Type.IsAssignableTo(typeof(IFact)))
            return;

        type.PolymorphismOptions = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = Discriminator };
        foreach (var kind in KindsOf(type.Type))
            type.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(kind, kind.Name));
    }
}
