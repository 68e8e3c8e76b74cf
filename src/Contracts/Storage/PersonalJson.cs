using System.Text.Json;
using System.Text.Json.Nodes;
using GridMesh.Contracts.Facts;
using GridMesh.Contracts.Json;

namespace GridMesh.Contracts.Storage;

/// <summary>Facts without what is personal in them, as they are read once its key is gone.</summary>
public static class PersonalJson
{
    /// <param name="last">What goes: this part and those before it.</param>
    /// <param name="isAuthorPersonal">Who it is by goes too.</param>
    public static TFact Erase<TFact>(TFact fact, PersonalPart last, bool isAuthorPersonal)
        where TFact : class, IFact
    {
        var json = JsonSerializer.SerializeToNode<TFact>(fact, MeshJson.Compact)!.AsObject();
        if (PersonalField.Of(fact.GetType().Name) is { } field)
            Erase(json, field, last);

        if (isAuthorPersonal)
            json["by"] = Erased.Text;

        return json.Deserialize<TFact>(MeshJson.Compact)!;
    }

    /// <summary>The payload of a fact with nothing personal in it: what two copies of it share for ever.</summary>
    /// <exception cref="JsonException">It is no payload of a fact.</exception>
    public static byte[] Strip(string type, ReadOnlyMemory<byte> payload)
    {
        try
        {
            var json = JsonNode.Parse(payload.Span)?.AsObject() ?? throw new JsonException("an empty fact");
            if (PersonalField.Of(type) is { } field)
                Erase(json, field, PersonalPart.Words);

            json.Remove("by");
            return JsonSerializer.SerializeToUtf8Bytes(json, MeshJson.Compact);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // So nodes say that a value is of another type, a name comes twice or has half a letter.
            throw new JsonException("no payload of a fact", e);
        }
    }

    private static void Erase(JsonObject json, PersonalField field, PersonalPart last)
    {
        foreach (var (name, below) in field.Below)
        {
            if (json.TryGetPropertyValue(name, out var value) && value is not null)
                json[name] = Erase(value, below, last);
        }
    }

    private static JsonNode Erase(JsonNode value, PersonalField field, PersonalPart last)
    {
        switch (value)
        {
            case JsonArray list:
                return new JsonArray([.. list.Select(one => one is null ? null : Erase(one.DeepClone(), field, last))]);
            case JsonObject one:
                var copy = (JsonObject)one.DeepClone();
                Erase(copy, field, last);
                return copy;
            default:
                return field.Part <= last && value.GetValue<string>().Length > 0
                    ? JsonValue.Create(Erased.Text)
                    : value.DeepClone();
        }
    }
}
