using System.Reflection;

namespace GridMesh.Grains.Tests.Wire;

/// <summary>
/// How the listing writes a type: without spaces, by its alias if it has one, with a question mark where null may
/// stand.
/// </summary>
internal static class WireNames
{
    private static readonly Dictionary<Type, string> s_keywords = new()
    {
        [typeof(bool)] = "bool",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(double)] = "double",
        [typeof(string)] = "string",
    };

    private static readonly NullabilityInfoContext s_nullability = new();

    public static string Of(PropertyInfo property) => Of(property.PropertyType, s_nullability.Create(property));

    public static string Of(ParameterInfo parameter) => Of(parameter.ParameterType, s_nullability.Create(parameter));

    public static string Of(Type type) => Of(type, null);

    private static string Of(Type type, NullabilityInfo? info)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            // The context tells the arguments of Nullable<T> as those of T.
            return Of(inner, null) + "?";
        }

        var name = s_keywords.GetValueOrDefault(type) ?? WireTypes.Alias(type) ?? type.Name.Split('`')[0];
        if (type.IsGenericType)
        {
            var arguments = type.GetGenericArguments();
            name += $"<{string.Join(',', arguments.Select((argument, i) => Of(argument, info?.GenericTypeArguments.ElementAtOrDefault(i))))}>";
        }

        var mayBeNull = !type.IsValueType && info is { ReadState: NullabilityState.Nullable };
        return mayBeNull ? name + "?" : name;
    }
}
