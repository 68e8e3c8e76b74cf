using System.Collections;
using System.Globalization;
using System.Reflection;

namespace GridMesh.Grains.Tests.Wire.RoundTrips;

/// <summary>
/// An object as a text with everything in it: arrays by their elements, times with their offset. Records with arrays
/// are equal only to themselves, so the pictures are compared instead, and a difference can be read.
/// </summary>
internal static class WirePicture
{
    public static string Of(object? value) => value switch
    {
        null => "null",
        string text => $"'{text}'",
        DateTimeOffset time => time.ToString("O", CultureInfo.InvariantCulture),
        Exception fault => $"{fault.GetType().Name}({fault.Message}, {Of(fault.InnerException)})",
        IEnumerable items when IsDefault(items) => "default",
        IEnumerable items => $"[{string.Join(", ", items.Cast<object?>().Select(Of))}]",
        _ when value.GetType().Assembly == WireTypes.Contracts && !value.GetType().IsEnum =>
            $"{value.GetType().Name}({string.Join(", ", Fields(value.GetType()).Select(field => Of(field, value)))})",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static string Of(FieldInfo field, object of) => $"{field.Name}={Of(field.GetValue(of))}";

    private static bool IsDefault(IEnumerable items) =>
        items.GetType().GetProperty("IsDefault")?.GetValue(items) is true;

    private static IEnumerable<FieldInfo> Fields(Type? type) => type is null
        ? []
        : Fields(type.BaseType).Concat(type.GetFields(
            BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly));
}
