using System.Collections.Frozen;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using GridMesh.Contracts.Letters;
using GridMesh.Gateway.Plumbing.Problems;
using Microsoft.AspNetCore.Routing.Patterns;

namespace GridMesh.Gateway.Plumbing.Input;

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
                foreach (var rule in field.Rules.Where(rule => !rule.Fits(value)).Take(1))
                    check.That(false, name, rule.Words);
            }
        }
    }

    /// <summary>What the parameter has to be; null where there is none of the name.</summary>
    public string? WordsOf(string name) => _fields.GetValueOrDefault(name)?.Rules[^1].Words;

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
                ? new Field(name, [s_own.MakeGenericMethod(type).CreateDelegate<Func<Rule>>()()])
            : type == typeof(string) || type.IsPrimitive
                ? new Field(
                    name,
                    [
                        new Rule(ValueWords.Of(type), text => ValueWords.Fits(type, text)),
                        .. parameter.GetCustomAttributes(false).Select(RuleOf).OfType<Rule>(),
                    ])
            : null;
    }

    private static Rule Own<T>()
        where T : struct, IQueryValue<T> =>
        new(T.Words, text => T.TryParse(text, out _));

    /// <summary>What is declared of a parameter is checked here; codes are read where they are asked for.</summary>
    private static Rule? RuleOf(object attribute) => attribute switch
    {
        INamesOf names => new Rule(names.Words, names.Fits),
        RangeAttribute { MinimumIsExclusive: true } range => new Rule(
            $"is more than {range.Minimum} and at most {range.Maximum}", text => range.IsValid(NumberOf(text))),
        RangeAttribute range => new Rule(
            $"is {range.Minimum}-{range.Maximum}", text => range.IsValid(NumberOf(text))),
        MaxLengthAttribute most => new Rule(
            $"has at most {most.Length} characters", text => text.Length <= most.Length),
        AllowedValuesAttribute values => new Rule(
            $"is one of {string.Join(", ", values.Values.Where(value => value is not null))}",
            text => values.Values.OfType<string>().Contains(text, StringComparer.OrdinalIgnoreCase)),
        _ => null,
    };

    private static double NumberOf(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;

    private sealed record Field(string Name, Rule[] Rules);

    private sealed record Rule(string Words, Func<string, bool> Fits);
}
