using System.Text.Json.Nodes;

namespace GridMesh.Gateway.Tests.Fuzz;

/// <summary>Spoils what a client might send, by a seed: values, shapes, letters and sizes that nobody means.</summary>
internal sealed class Mutator(int seed)
{
    private const int LongText = 20_000;

    private readonly Random _random = new(seed);

    private static readonly string[] s_texts =
    [
        "", " ", "\0", "a\0b", "\ud800", "\udfff\ud800", "\u202e\u200b", "𠮷👍🏽", "null", "true", "-1", "1e400", "NaN",
        "0x10", "' OR 1=1 --", "<script>",
        "${jndi:ldap://x}", "../../etc/passwd", "%00%2e%2e%2f", "450105001001001", "450105001001001-260101-0001",
        "2026-13-45", "2026-02-30T25:61:00Z",
        "2026-01-01T00:00:00", "9999-12-31T23:59:59.9999999Z", "0001-01-01T00:00:00Z", "Dispatched,Handling", "3",
        "urbanmanagement", "{\"a\":1}", "\r\nX-Bad: 1",
    ];

    public T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];

    public bool Chance(double likely) => _random.NextDouble() < likely;

    public string Text() =>
        Chance(0.05) ? new string(Pick(new[] { 'a', '字', '\u0301' }), _random.Next(1, LongText)) : Pick(s_texts);

    /// <summary>A body like <paramref name="body"/>, with one or some things wrong in it.</summary>
    public JsonNode? Spoil(JsonNode? body)
    {
        var spoiled = body?.DeepClone();
        for (var i = _random.Next(1, 4); i > 0; i--)
            spoiled = Change(spoiled, depth: 0);

        return spoiled;
    }

    private JsonNode? Change(JsonNode? node, int depth)
    {
        if (node is JsonObject { Count: > 0 } shape && depth < 6 && Chance(0.8))
        {
            var name = Pick(shape.Select(field => field.Key).ToList());
            switch (_random.Next(6))
            {
                case 0:
                    shape.Remove(name);
                    break;
                case 1:
                    shape[Text() + "x"] = Value();
                    break;
                default:
                    var field = shape[name];
                    shape[name] = null;
                    shape[name] = Change(field, depth + 1);
                    break;
            }

            return shape;
        }

        if (node is JsonArray { Count: > 0 } list && depth < 6 && Chance(0.7))
        {
            var at = _random.Next(list.Count);
            var item = list[at];
            list.RemoveAt(at);
            var changed = Change(item?.DeepClone(), depth + 1);
            for (var i = depth < 2 && Chance(0.2) ? _random.Next(2, 200) : 1; i > 0; i--)
                list.Add(changed?.DeepClone());

            return list;
        }

        return Value();
    }

    private JsonNode? Value() => _random.Next(9) switch
    {
        0 => null,
        1 => JsonValue.Create(Chance(0.5)),
        2 => JsonValue.Create(Pick(new[] { 0, -1, 1, int.MaxValue, int.MinValue })),
        3 => JsonValue.Create(Pick(new[] { 1e308, -1e308, 0.1, 1e-320 })),
        4 =>
            new JsonArray(
                Enumerable.Range(0, _random.Next(5)).Select(_ => (JsonNode?)JsonValue.Create(Text())).ToArray()),
        5 => new JsonObject { [Pick(new[] { "lng", "lat", "a", "$type", "__proto__" })] = JsonValue.Create(Text()) },
        6 =>
            Enumerable.Range(0, _random.Next(1, 40))
            .Aggregate((JsonNode)new JsonArray(), (inner, _) => new JsonArray(inner)),
        _ => JsonValue.Create(Text()),
    };
}
