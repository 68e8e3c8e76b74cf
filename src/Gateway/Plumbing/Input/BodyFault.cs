using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using GridMesh.Contracts.Json;
using GridMesh.Contracts.Letters;
using GridMesh.Gateway.Plumbing.Problems;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Metadata;

namespace GridMesh.Gateway.Plumbing.Input;

/// <summary>What is wrong with a body, in the words of the API and by its field.</summary>
internal static partial class BodyFault
{
    /// <summary>Longest field that is said again, in characters.</summary>
    private const int FieldMax = 60;

    public static IResult Of(HttpContext context, JsonException fault)
    {
        if (FieldOf(fault) is not { } field)
        {
            var place = fault.LineNumber is { } line ? $": line {line + 1}, byte {fault.BytePositionInLine + 1}" : "";
            return Problem.Of(ProblemCode.MalformedJson, $"The body is not the JSON that is asked for{place}.");
        }

        // Whoever handles an exception takes the endpoint away and keeps it here.
        var endpoint = context.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? context.GetEndpoint();
        var type = endpoint?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType;
        var words = fault is FieldException ? fault.Message
            : type is null ? "is not known here, or of another type"
            : WordsOf(type, fault.Path!);
        return new Check().That(false, field, words).Problem;
    }

    /// <summary>The field, as <c>position.lng</c>; null where the body as a whole is none.</summary>
    public static string? FieldOf(JsonException fault) =>
        fault.InnerException is not JsonException && fault.Path?.TrimStart('$').TrimStart('.') is { Length: > 0 } field
            ? WholeText.Shorten(field, FieldMax)
            : null;

    /// <summary>Goes along the path: what is not there is unknown, what is there is of another type.</summary>
    private static string WordsOf(Type type, string path)
    {
        var at = InfoOf(type);
        foreach (Match step in Steps().Matches(path))
        {
            if (step.Groups["index"].Success)
            {
                at = InfoOf(at.ElementType ?? typeof(object));
                continue;
            }

            var property = at.Properties.FirstOrDefault(one =>
                string.Equals(one.Name, step.Groups["name"].Value, StringComparison.OrdinalIgnoreCase));
            if (property is null)
            {
                var names = string.Join(", ", at.Properties.Select(one => one.Name));
                return $"is not known here; what is asked for is {(names.Length == 0 ? "nothing" : names)}";
            }

            at = InfoOf(property.PropertyType);
        }

        return ValueWords.Of(at.Type);
    }

    private static JsonTypeInfo InfoOf(Type type) =>
        BodyJson.Options.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type);

    [GeneratedRegex(
        @"\.(?<name>[^.\[]+)|\['(?<name>[^']*)'\]|\[(?<index>\d+)\]", RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Steps();
}
