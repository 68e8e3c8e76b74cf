using System.Globalization;
using GridMesh.Contracts.Clocks;

namespace GridMesh.Gateway.Plumbing.Input;

/// <summary>What a value of a type has to be, in the words of the API.</summary>
internal static class ValueWords
{
    public const string Text = "is a text";

    public static string Of(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.String => Text,
        TypeCode.Boolean => "is true or false",
        TypeCode.Int32 or TypeCode.Int64 => "is a whole number",
        TypeCode.Double or TypeCode.Single => "is a number",
        _ when type == typeof(DateTimeOffset) => ZonedTime.Words,
        _ when type.IsAssignableTo(typeof(System.Collections.IEnumerable)) => "is a list",
        _ => "is an object",
    };

    /// <summary>Whether a text stands for a value of the type.</summary>
    public static bool Fits(Type type, string text) => Type.GetTypeCode(type) switch
    {
        TypeCode.Boolean => bool.TryParse(text, out _),
        TypeCode.Int32 => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        TypeCode.Int64 => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        TypeCode.Double => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number),
        _ => true,
    };
}
