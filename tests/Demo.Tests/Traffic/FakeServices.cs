using System.Text.Json.Nodes;

namespace GridMesh.Demo.Tests.Traffic;

/// <summary>
/// Services as far as the traffic uses them: they keep their state, and what does not fit is refused.
/// </summary>
internal sealed class FakeServices
{
    private readonly List<JsonObject> _all = [];
    private readonly Dictionary<string, JsonObject> _byAsk = [];

    public IReadOnlyList<JsonObject> All => _all;

    /// <summary>Null: refused.</summary>
    public object? Answer(Seen seen)
    {
        var parts = seen.Path.Split('/');
        return parts[^1] switch
        {
            "service-code" => new { code = $"1.service.{parts[4]}.x" },
            "services" when seen.Method == "GET" => ListOf(parts[4], seen.Query),
            "services" => Ask(JsonNode.Parse(seen.Body)!.AsObject(), seen),
            _ =>
                Move(
                    _all.Single(one => one["id"]!.GetValue<string>() == parts[4]), parts[5],
                    JsonNode.Parse(seen.Body)!.AsObject(), seen),
        };
    }

    public int Count(string state) => _all.Count(one => StateOf(one) == state);

    private object ListOf(string area, string query)
    {
        var own = _all.Where(one => one["grid"]!.GetValue<string>().StartsWith(area)).ToArray();
        return new
        {
            grids = own.GroupBy(one => one["grid"]!.GetValue<string>()).Select(grid => new
            {
                area = grid.Key,
                asked = grid.Count(one => StateOf(one) == "Asked"),
                taken = grid.Count(one => StateOf(one) == "Taken"),
                documentsNeeded = grid.Count(one => StateOf(one) == "DocumentsNeeded"),
                done = grid.Count(one => StateOf(one) is "Done" or "Rated"),
            }).ToArray(),
            items = own.Where(one => query == $"?state={StateOf(one)}").Select(ItemOf).ToArray(),
        };
    }

    /// <summary>Nobody is told the token of another.</summary>
    private static JsonObject ItemOf(JsonObject service)
    {
        var item = service.DeepClone().AsObject();
        item.Remove("token");
        (item["note"], item["text"]) = (service["text"]?.DeepClone(), null);
        return item;
    }

    /// <summary>The same again, of the same person, is answered as the first time.</summary>
    private JsonObject Ask(JsonObject body, Seen seen)
    {
        var ask = $"{(seen.Token == "" ? $"{body["code"]} {body["name"]} {body["phone"]}" : seen.Token)} {seen.Key}";
        if (_byAsk.TryGetValue(ask, out var known))
            return known;

        var grid = body["code"]?.GetValue<string>().Split('.')[2] ?? body["grid"]!.GetValue<string>();
        (body["id"], body["grid"], body["state"], body["holder"]) = ($"{grid}-S{_all.Count:x12}", grid, "Asked", null);
        body["token"] = $"token{_all.Count}";
        _all.Add(body);
        return _byAsk[ask] = body;
    }

    private static JsonObject? Move(JsonObject service, string name, JsonObject body, Seen seen)
    {
        var (from, to) = name switch
        {
            "take" => ("Asked", "Taken"),
            "assign" => ("Asked", "Taken"),
            "need-documents" => ("Taken", "DocumentsNeeded"),
            "documents-came" => ("DocumentsNeeded", "Taken"),
            "finish" => ("Taken", "Done"),
            "decline" => ("Asked", "Declined"),
            "withdraw" => ("Asked", "Withdrawn"),
            _ => ("Done", "Rated"),
        };
        if (StateOf(service) != from
            || (name is "withdraw" or "rate"
                && body["token"]?.GetValue<string>() != service["token"]!.GetValue<string>()))
            return null;

        service["state"] = to;
        service["holder"] = name switch
        {
            "take" => seen.Token.Split('.')[^1],
            "assign" => body["worker"]!.GetValue<string>(),
            _ => service["holder"]?.DeepClone(),
        };
        return service;
    }

    private static string StateOf(JsonObject service) => service["state"]!.GetValue<string>();
}
