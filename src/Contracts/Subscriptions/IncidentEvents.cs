using System.Collections.Frozen;
using GridMesh.Contracts.Facts;
using GridMesh.Contracts.Incidents;

namespace GridMesh.Contracts.Subscriptions;

/// <summary>
/// What facts of cases are called to others: <c>IncidentDispatched</c> is <c>incident.dispatched</c>, and
/// <c>ReporterTold</c> is <c>incident.reporter-told</c>.
/// </summary>
public static class IncidentEvents
{
    /// <summary>Before the name in a CloudEvent's type.</summary>
    public const string TypePrefix = "cn.gridmesh.";

    private const string Noun = "Incident";

    private static readonly FrozenDictionary<string, string> s_names = FactFamily.KindsOf(typeof(IncidentFact))
        .ToFrozenDictionary(kind => kind.Name, kind => Name(kind.Name));

    public static ImmutableArray<string> All { get; } = [.. s_names.Values.Order(StringComparer.Ordinal)];

    /// <summary>The event of a fact's type; null for a type that is no case's.</summary>
    public static string? NameOf(string factType) => s_names.GetValueOrDefault(factType);

    private static string Name(string type)
    {
        var words = type.StartsWith(Noun, StringComparison.Ordinal) ? type[Noun.Length..] : type;
        return "incident." + string.Concat(words.Select((c, i) =>
            char.IsUpper(c) ? $"{(i > 0 ? "-" : "")}{char.ToLowerInvariant(c)}" : c.ToString()));
    }
}
