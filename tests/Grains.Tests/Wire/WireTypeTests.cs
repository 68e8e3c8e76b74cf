using System.Reflection;
using GridMesh.Contracts.Grids;
using Orleans;

namespace GridMesh.Grains.Tests.Wire;

/// <summary>Walks every grain interface: whatever crosses a call has to be serialisable on Orleans, also where it is not needed.</summary>
public sealed class WireTypeTests
{
    private static readonly Assembly s_contracts = typeof(IGridGrain).Assembly;

    [Fact(DisplayName = "[WI1] every type that crosses a grain call is marked and numbered")]
    public void Marked()
    {
        var types = Crossing();
        types.Count.ShouldBeGreaterThan(20);
        var faults = types.SelectMany(Faults).ToList();
        faults.ShouldBeEmpty();
    }

    [Fact(DisplayName = "[WI1] aliases are unique")]
    public void UniqueAliases() => s_contracts.GetTypes().Select(type => type.GetCustomAttributes<AliasAttribute>(inherit: false).FirstOrDefault()?.Alias)
        .OfType<string>().GroupBy(alias => alias).Where(group => group.Count() > 1).ShouldBeEmpty();

    private static HashSet<Type> Crossing()
    {
        var found = new HashSet<Type>();
        foreach (var method in s_contracts.GetTypes().Where(type => type.IsInterface && typeof(IGrain).IsAssignableFrom(type))
            .SelectMany(type => type.GetMethods()))
        {
            foreach (var type in method.GetParameters().Select(p => p.ParameterType).Append(method.ReturnType))
            {
                Walk(type, found);
            }
        }

        Walk(typeof(GridMesh.Contracts.Areas.ChildReport), found);
        Walk(typeof(GridMesh.Contracts.Areas.AreaFrame), found);
        return found;
    }

    private static void Walk(Type type, HashSet<Type> found)
    {
        foreach (var argument in type.GetGenericArguments())
        {
            Walk(argument, found);
        }

        type = type.IsArray ? type.GetElementType()! : type;
        if (type.Assembly != s_contracts || type.IsEnum || !found.Add(type))
        {
            return;
        }

        foreach (var derived in s_contracts.GetTypes().Where(other => other.BaseType == type))
        {
            Walk(derived, found);
        }

        foreach (var property in Members(type))
        {
            Walk(property.PropertyType, found);
        }
    }

    private static IEnumerable<string> Faults(Type type)
    {
        if (type.GetCustomAttributes<GenerateSerializerAttribute>(inherit: false).FirstOrDefault() is null)
        {
            yield return $"{type.Name} lacks [GenerateSerializer]";
        }

        if (type.GetCustomAttributes<AliasAttribute>(inherit: false).FirstOrDefault() is null)
        {
            yield return $"{type.Name} lacks [Alias]";
        }

        if (type.GetCustomAttributes<ImmutableAttribute>(inherit: false).FirstOrDefault() is null)
        {
            yield return $"{type.Name} lacks [Immutable]";
        }

        var ids = Members(type).Select(member => (member.Name, member.GetCustomAttribute<IdAttribute>()?.Id)).ToList();
        foreach (var (name, _) in ids.Where(member => member.Id is null))
        {
            yield return $"{type.Name}.{name} lacks [Id]";
        }

        if (ids.Select(member => member.Id).Distinct().Count() != ids.Count)
        {
            yield return $"{type.Name} has an [Id] twice";
        }
    }

    /// <summary>Stored members: a record's parameters and properties that can be set.</summary>
    private static IEnumerable<PropertyInfo> Members(Type type) => type
        .GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
        .Where(property => property.SetMethod is not null && property.GetIndexParameters().Length == 0);
}
