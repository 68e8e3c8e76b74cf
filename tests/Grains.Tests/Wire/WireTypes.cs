using System.Reflection;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Grids;

namespace GridMesh.Grains.Tests.Wire;

/// <summary>
/// Finds what crosses processes: the grain interfaces, and every type that is reached from their methods and streams.
/// </summary>
internal static class WireTypes
{
    public static readonly Assembly Contracts = typeof(IGridGrain).Assembly;

    /// <summary>What each stream of <see cref="MeshStreams"/> carries.</summary>
    public static readonly ImmutableSortedDictionary<string, Type> Streams = ImmutableSortedDictionary.CreateRange(
        StringComparer.Ordinal,
        [KeyValuePair.Create(MeshStreams.Wall, typeof(AreaFrame))]);

    public static IEnumerable<Type> Interfaces => Contracts.GetTypes()
        .Where(type => type.IsInterface && typeof(IGrain).IsAssignableFrom(type));

    /// <summary>Records, structs, exceptions and enums; whoever is derived from one of them crosses too.</summary>
    public static HashSet<Type> Crossing()
    {
        var found = new HashSet<Type>();
        var methods = Interfaces.SelectMany(type => type.GetMethods());
        foreach (var type in methods.SelectMany(
            method => method.GetParameters().Select(p => p.ParameterType).Append(method.ReturnType))
            .Concat(Streams.Values)
            .Concat(
                Contracts.GetTypes()
                .Where(type => type.IsSubclassOf(typeof(Exception)) && Has<GenerateSerializerAttribute>(type))))
        {
            Walk(type, found);
        }

        return found;
    }

    /// <summary>Stored members: a record's parameters and properties that can be set.</summary>
    public static IEnumerable<PropertyInfo> Members(Type type) => type
        .GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
        .Where(property => property.SetMethod is not null && property.GetIndexParameters().Length == 0);

    public static string? Alias(MemberInfo member) =>
        member.GetCustomAttributes<AliasAttribute>(inherit: false).FirstOrDefault()?.Alias;

    public static bool Has<T>(MemberInfo member)
        where T : Attribute => member.GetCustomAttributes<T>(inherit: false).Any();

    private static void Walk(Type type, HashSet<Type> found)
    {
        foreach (var argument in type.GetGenericArguments())
            Walk(argument, found);

        type = type.IsArray ? type.GetElementType()! : type;
        if (type.Assembly != Contracts || !found.Add(type))
            return;

        foreach (var derived in Contracts.GetTypes().Where(other => other.BaseType == type))
            Walk(derived, found);

        foreach (var property in Members(type))
            Walk(property.PropertyType, found);
    }
}
