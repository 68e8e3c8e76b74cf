using System.Reflection;
using GridMesh.Contracts.Codes;

namespace GridMesh.Grains.Tests.Wire.RoundTrips;

/// <summary>How much of a sample is there.</summary>
internal enum Filling
{
    /// <summary>Every member has a value that no other member has.</summary>
    Full,

    /// <summary>Arrays and texts are there, but empty.</summary>
    Empty,

    /// <summary>What may be null is null, and every struct, arrays among them, is its default.</summary>
    Absent,
}

/// <summary>
/// Makes objects of wire types by reflection, so that a new member is tested without anybody thinking of it.
/// </summary>
internal sealed class WireSamples(Filling filling)
{
    private static readonly NullabilityInfoContext s_nullability = new();
    private int _last;

    /// <summary>A sample of the type; of an abstract one, of a type that is derived from it.</summary>
    public object Of(Type type) => Basic(type) ?? Array(type) ?? Record(type);

    private object? Basic(Type type)
    {
        var n = ++_last;
        var grid = $"450105001{n:D3}{n:D3}";
        var isAbsent = filling == Filling.Absent;
        return type switch
        {
            _ when type == typeof(string) => filling == Filling.Full ? $"文{n}" : "",
            _ when type == typeof(bool) => !isAbsent,
            _ when type == typeof(int) => isAbsent ? 0 : -n,
            _ when type == typeof(long) => isAbsent ? 0L : long.MaxValue - n,
            _ when type == typeof(double) => isAbsent ? 0d : n + 0.1,
            _ when isAbsent && type.IsValueType && !type.IsGenericType => Activator.CreateInstance(type),
            _ when type == typeof(Guid) => new Guid(n, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
            _ when type == typeof(DateTimeOffset) =>
                new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours((n % 20) - 10)).AddTicks(n),
            _ when type == typeof(DateOnly) => new DateOnly(2026, 3, 2).AddDays(n),
            _ when type == typeof(TimeSpan) => TimeSpan.FromTicks(n),
            _ when type == typeof(AreaCode) => AreaCode.Parse(grid),
            _ when type == typeof(BuildingCode) => BuildingCode.Parse($"{grid}{n:D5}"),
            _ when type == typeof(CaseNumber) => CaseNumber.Create(AreaCode.Parse(grid), new DateOnly(2026, 3, 2), n),
            _ when type.IsEnum => Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1),
            _ => null,
        };
    }

    private object? Array(Type type)
    {
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(ImmutableArray<>))
            return null;

        var element = type.GetGenericArguments()[0];
        var items = System.Array.CreateInstance(element, filling == Filling.Full ? 2 : 0);
        for (var i = 0; i < items.Length; i++)
            items.SetValue(Of(element), i);

        return filling == Filling.Absent
            ? Activator.CreateInstance(type)
            : typeof(ImmutableArray).GetMethods().Single(method => method.Name == nameof(ImmutableArray.Create)
                && method.GetParameters() is [{ ParameterType.IsArray: true } one] && !one.ParameterType.IsByRefLike)
                .MakeGenericMethod(element).Invoke(null, [items]);
    }

    private object Record(Type type)
    {
        if (type.IsAbstract)
            return Of(type.Assembly.GetTypes().First(derived => derived.BaseType == type));

        if (type.IsSubclassOf(typeof(Exception)))
            return Activator.CreateInstance(type, $"故障 {++_last}", new InvalidOperationException("inner"))!;

        var constructor = type.GetConstructors().OrderByDescending(one => one.GetParameters().Length).First();
        return constructor.Invoke([.. constructor.GetParameters().Select(Argument)]);
    }

    private object? Argument(ParameterInfo parameter)
    {
        var mayBeNull = s_nullability.Create(parameter).WriteState == NullabilityState.Nullable;
        return mayBeNull && filling == Filling.Absent
            ? null
            : Of(Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType);
    }
}
