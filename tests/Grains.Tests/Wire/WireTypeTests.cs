namespace GridMesh.Grains.Tests.Wire;

/// <summary>Walks every grain interface: whatever crosses a call has to be serialisable.</summary>
public sealed class WireTypeTests
{
    [Fact(DisplayName = "[WI1] every type that crosses a grain call is marked and numbered")]
    public void Marked()
    {
        var types = WireTypes.Crossing();
        types.Count.ShouldBeGreaterThan(20);
        types.SelectMany(Faults).ShouldBeEmpty();
    }

    [Fact(DisplayName = "[WI1] aliases are unique")]
    public void UniqueAliases() => WireTypes.Contracts.GetTypes().Select(WireTypes.Alias)
        .OfType<string>().GroupBy(alias => alias).Where(group => group.Count() > 1).ShouldBeEmpty();

    [Fact(DisplayName = "[WI2] every grain interface and method goes by an alias, which a new parameter does not change")]
    public void AliasedMethods()
    {
        foreach (var type in WireTypes.Interfaces)
        {
            WireTypes.Alias(type).ShouldNotBeNull($"{type.Name} lacks [Alias]");
            var methods = type.GetInterfaces().Append(type).Where(WireTypes.Interfaces.Contains)
                .SelectMany(one => one.GetMethods()).ToList();
            methods.Where(method => WireTypes.Alias(method) is null)
                .Select(method => $"{type.Name}.{method.Name} lacks [Alias]").ShouldBeEmpty();
            methods.Select(WireTypes.Alias).ShouldBeUnique();
        }
    }

    private static IEnumerable<string> Faults(Type type)
    {
        if (WireTypes.Alias(type) is null)
            yield return $"{type.Name} lacks [Alias]";

        if (!WireTypes.Has<GenerateSerializerAttribute>(type))
            yield return $"{type.Name} lacks [GenerateSerializer]";

        if (!WireTypes.Has<ImmutableAttribute>(type) && !type.IsEnum && !type.IsSubclassOf(typeof(Exception)))
            yield return $"{type.Name} lacks [Immutable]";

        var ids = WireTypes.Members(type).Select(member => (member.Name, WireContract.IdOf(member))).ToList();
        foreach (var (name, _) in ids.Where(member => member.Item2 is null))
            yield return $"{type.Name}.{name} lacks [Id]";

        if (ids.Select(member => member.Item2).Distinct().Count() != ids.Count)
            yield return $"{type.Name} has an [Id] twice";
    }
}
