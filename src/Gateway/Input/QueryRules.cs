using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using GridMesh.Contracts.Letters;
using GridMesh.Gateway.Problems;
using Microsoft.AspNetCore.Routing.Patterns;

namespace GridMesh.Gateway.Input;

/// <summary>
/// What a call takes in its query. It is read from the signature of its handler, so that there is no second list of it.
/// </summary>
internal sealed class QueryRules
{
    private static readonly MethodInfo s_own =
        typeof(QueryRules).GetMethod(nameof(Own), BindingFlags.NonPublic | BindingFlags.Static)!;

    private readonly FrozenDictionary<string, Field> _fields;
    private readonly string _unknown;

    private QueryRules(IReadOnlyCollection<Field> fields)
    {
        _fields = fields.ToFrozenDictionary(field => field.Name, StringComparer.OrdinalIgnoreCase);
        _unknown = fields.Count == 0
            ? "is not known here; this call takes nothing in its query"
            : $"is not known here; this call takes {string.Join(", ", fields.Select(field => field.Name))}";
    }

    /// <summary>Gives every call of the group its rules.</summary>
    public static void AddTo(IEndpointConventionBuilder group) => group.Add(endpoint =>
    {
        if (endpoint is RouteEndpointBuilder route
            && route.Metadata.OfType<MethodInfo>().FirstOrDefault() is { } handler)
        {
            route.Metadata.Add(Of(handler, route.RoutePattern));
        }
    });

    /// <summary>Adds what is wrong with the query, parameter by parameter.</summary>
    public void Read(Check check, IQueryCollection query)
    {
        foreach (var (name, values) in query)
        {
            if (!_fields.TryGetValue(name, out var field))
            {
                check.That(false, WholeText.Shorten(name), _unknown);
            }
            else if (values is not [{ } value])
            {
                check.That(false, name, "is told once");
            }
            else
            {
                check.That(field.Fits(value), name, field.Words);
            }
        }
    }

    /// <summary>What the parameter has to be; null where there is none of the name.</summary>
    public string? WordsOf(string name) => _fields.GetValueOrDefault(name)?.Words;

    private static QueryRules Of(MethodInfo handler, RoutePattern route) => new(
        handler.GetParameters().SelectMany(Flat).Where(parameter => route.GetParameter(parameter.Name!) is null)
            .Select(FieldOf).OfType<Field>().ToArray());

    private static IEnumerable<ParameterInfo> Flat(ParameterInfo parameter) =>
        parameter.IsDefined(typeof(AsParametersAttribute))
            ? parameter.ParameterType.GetConstructors().Single().GetParameters()
            : [parameter];

    /// <summary>Null for what no query carries: services, the body, the context.</summary>
    private static Field? FieldOf(ParameterInfo parameter)
    {
        var name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return type.GetInterfaces().Any(
            one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IQueryValue<>))
                ? s_own.MakeGenericMethod(type).CreateDelegate<Func<string, Field>>()(name)
            : type == typeof(string) || type.IsPrimitive
                ? new Field(name, ValueWords.Of(type), text => ValueWords.Fits(type, text))
            : null;
    }

    private static Field Own<T>(string name)
        where T : struct, IQueryValue<T> =>
        new(name, T.Words, text => T.TryParse(text, out _));

    private sealed record Field(string Name, string Words, Func<string, bool> Fits);
}
