using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Json;
using Orleans.Runtime;

namespace GridMesh.Grains.Tests.Wire;

/// <summary>Reads the listing out of the code as it is.</summary>
internal static class WireContract
{
    private static readonly JsonSerializerOptions s_json = MeshJson.Compact;

    private static IEnumerable<Type> GrainClasses => GrainKinds.All.Select(kind => kind.Class);

    private static IEnumerable<Type> FactFamilies => GrainKinds.All.Select(kind => kind.Facts).OfType<Type>();

    public static WireListing Read()
    {
        var crossing = WireTypes.Crossing();
        var states = GrainClasses.SelectMany(StatesOf).ToList();
        var stored = StoredAsJson(states.Select(state => state.Type));
        IEnumerable<WireEntry> entries =
        [
            .. WireTypes.Interfaces.Select(Interface),
            .. crossing.Where(type => !type.IsEnum).Select(Record),
            .. crossing.Where(type => type.IsEnum).Union(stored.Where(type => type.IsEnum)).Select(Enumeration),
            Counts(),
            .. WireTypes.Streams.Select(Stream),
            .. GrainClasses.Select(GrainClass),
            .. GrainClasses.SelectMany(Reminders),
            .. states.Select(state => WireEntry.Of("state", state.Name, "", Stored(state.Type))),
            .. FactFamilies.SelectMany(FactsOf),
            .. stored.Where(type => !type.IsEnum).Select(type => WireEntry.Of("json", type.Name, "", Stored(type))),
        ];
        return new WireListing([], [.. entries.OrderBy(entry => entry.Title, StringComparer.Ordinal)]);
    }

    public static uint? IdOf(MemberInfo member) =>
        member.GetCustomAttributes<IdAttribute>(inherit: false).FirstOrDefault()?.Id;

    private static WireEntry Interface(Type type) => WireEntry.Of(
        "interface",
        WireTypes.Alias(type) ?? type.FullName!,
        string.Join(
            ", ",
            type.GetInterfaces().Where(WireTypes.Interfaces.Contains).Select(WireNames.Of)
            .Order(StringComparer.Ordinal)),
        type.GetMethods().Select(Method).OrderBy(item => item.Key, StringComparer.Ordinal));

    /// <summary>The alias with the interface's alias names the call; the arguments go by their place.</summary>
    private static WireItem Method(MethodInfo method)
    {
        var parameters = method.GetParameters().Select(parameter => $"{WireNames.Of(parameter)} {parameter.Name}");
        string[] marks =
        [
            .. WireTypes.Has<OneWayAttribute>(method) ? ["[OneWay]"] : Array.Empty<string>(),
            .. WireTypes.Has<AlwaysInterleaveAttribute>(method) ? ["[AlwaysInterleave]"] : Array.Empty<string>(),
            .. WireTypes.Has<ReadOnlyAttribute>(method) ? ["[ReadOnly]"] : Array.Empty<string>(),
        ];
        var signature = $"({string.Join(", ", parameters)}) -> {WireNames.Of(method.ReturnParameter)}";
        return new WireItem(WireTypes.Alias(method) ?? method.Name, string.Join(' ', marks.Prepend(signature)));
    }

    private static WireEntry Record(Type type)
    {
        var kind = type.IsSubclassOf(typeof(Exception)) ? "exception" : type.IsValueType ? "struct" : type.IsAbstract
            ? "abstract" : "record";
        var @base = type.BaseType is { } parent && parent.Assembly == WireTypes.Contracts ? WireNames.Of(parent) : "";
        return WireEntry.Of(kind, WireNames.Of(type), @base, WireTypes.Members(type).OrderBy(IdOf)
            .Select(member => new WireItem(Text(IdOf(member) ?? 0), $"{member.Name} {WireNames.Of(member)}")));
    }

    private static WireEntry Enumeration(Type type) =>
        WireEntry.Of("enum", WireNames.Of(type), "", Enum.GetValues(type).Cast<object>()
        .Select(value => new WireItem(Text(Convert.ToInt64(value, CultureInfo.InvariantCulture)), value.ToString()!)));

    /// <summary>
    /// A summary is a vector: the id of a number, its place, is as much on the wire as the id of a member.
    /// </summary>
    private static WireEntry Counts() => WireEntry.Of("counts", WireNames.Of(typeof(AreaSummary)), "",
        SummaryCounts.All.Where(count => count.Ids.Length == 1).OrderBy(count => count.Ids[0])
            .Select(count => new WireItem(Text(count.Ids[0]), count.Path)));

    private static WireEntry Stream(KeyValuePair<string, Type> stream) => WireEntry.Of(
        "stream", $"{MeshStreams.Provider}/{stream.Key}", "", [new WireItem("payload", WireNames.Of(stream.Value))]);

    private static WireEntry GrainClass(Type type) => WireEntry.Of(
        "grain", GrainType(type),
        string.Join(
            ", ",
            type.GetInterfaces().Where(WireTypes.Interfaces.Contains).Select(WireNames.Of)
            .Order(StringComparer.Ordinal)),
        type.GetCustomAttributesData().Where(data => data.AttributeType == typeof(ImplicitStreamSubscriptionAttribute))
            .Select(data => new WireItem("subscribes", (string)data.ConstructorArguments[0].Value!)));

    /// <summary>
    /// State, reminders and addresses name a grain by its class without "grain" in lower case, or by [GrainType].
    /// </summary>
    public static string GrainType(Type type)
    {
        var given = type.GetCustomAttributesData()
            .FirstOrDefault(data => data.AttributeType.Name == "GrainTypeAttribute");
        return given?.ConstructorArguments[0].Value as string
            ?? type.Name[..^"Grain".Length].ToLowerInvariant();
    }

    /// <summary>A grain with reminders names each in a constant that ends with "Reminder".</summary>
    private static IEnumerable<WireEntry> Reminders(Type type) => typeof(IRemindable).IsAssignableFrom(type)
        ? type.GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)
            .Where(field => field.IsLiteral && field.Name.EndsWith("Reminder", StringComparison.Ordinal))
            .Select(field => WireEntry.Of("reminder", $"{GrainType(type)}/{field.GetRawConstantValue()}", "", []))
        : [];

    private static IEnumerable<(string Name, Type Type)> StatesOf(Type grain) =>
        from parameter in grain.GetConstructors().SelectMany(constructor => constructor.GetParameters())
        let state = parameter.GetCustomAttribute<PersistentStateAttribute>()
        where state is not null
        select ($"{state.StorageName}/{GrainType(grain)}/{state.StateName}",
            parameter.ParameterType.GetGenericArguments()[0]);

    private static IEnumerable<WireEntry> FactsOf(Type @base) =>
        s_json.GetTypeInfo(@base).PolymorphismOptions!.DerivedTypes
        .Select(
            derived =>
                WireEntry.Of("fact", (string)derived.TypeDiscriminator!, @base.Name, Stored(derived.DerivedType)));

    private static IEnumerable<WireItem> Stored(Type type) => Properties(type)
        .Select(
            property =>
                new WireItem(
                    property.Name,
                    property.AttributeProvider is PropertyInfo member ? WireNames.Of(member)
                        : WireNames.Of(property.PropertyType)))
        .OrderBy(item => item.Key, StringComparer.Ordinal);

    private static IEnumerable<JsonPropertyInfo> Properties(Type type) =>
        s_json.GetTypeInfo(type) is { Kind: JsonTypeInfoKind.Object } info
        ? info.Properties.Where(property => property.Get is not null)
        : [];

    /// <summary>Types of ours inside the facts, the states and the stored directory.</summary>
    private static HashSet<Type> StoredAsJson(IEnumerable<Type> states)
    {
        var facts = FactFamilies.SelectMany(
            @base =>
                s_json.GetTypeInfo(@base).PolymorphismOptions!.DerivedTypes.Select(derived => derived.DerivedType));
        var found = new HashSet<Type>();
        foreach (var property in facts.Concat(states).Append(typeof(DirectoryData)).SelectMany(Properties))
            WalkJson(property.PropertyType, found);

        return found;
    }

    private static void WalkJson(Type type, HashSet<Type> found)
    {
        foreach (var argument in type.GetGenericArguments())
            WalkJson(argument, found);

        if (type.Assembly == WireTypes.Contracts && (type.IsEnum || Properties(type).Any()) && found.Add(type))
        {
            foreach (var property in Properties(type))
                WalkJson(property.PropertyType, found);
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
