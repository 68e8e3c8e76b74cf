using System.Reflection;
using GridMesh.Contracts.Facts;

namespace GridMesh.Contracts.Incidents;

/// <summary>What a kind of fact of a case is to others. Each has one: who adds a fact has thought of them.</summary>
/// <param name="isPublic">The public hears that the case came further by it; what it hears is no part of it.</param>
/// <param name="isCounted">Indices count it.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class CaseFactAttribute(bool isPublic, bool isCounted) : Attribute
{
    public bool IsPublic { get; } = isPublic;

    public bool IsCounted { get; } = isCounted;

    /// <summary>Of all kinds of fact of a case.</summary>
    /// <exception cref="InvalidOperationException">A kind has none.</exception>
    public static ImmutableDictionary<Type, CaseFactAttribute> All { get; } = FactFamily.KindsOf(typeof(IncidentFact))
        .ToImmutableDictionary(kind => kind, kind => kind.GetCustomAttribute<CaseFactAttribute>()
            ?? throw new InvalidOperationException($"{kind.Name} says nothing of the public and the indices"));
}
