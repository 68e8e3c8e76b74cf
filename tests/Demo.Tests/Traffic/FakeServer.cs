using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GridMesh.Demo.Tests.Traffic;

/// <summary>A request as the fake server saw it.</summary>
internal sealed record Seen(string Method, string Path, string Query, string Token, string? Key, string Body);

/// <summary>
/// The public API as far as the traffic uses them: cases keep their step, everything else is just taken.
/// </summary>
internal sealed class FakeServer(TimeProvider time) : HttpMessageHandler
{
    private readonly Lock _lock = new();
    private readonly List<Seen> _seen = [];
    private readonly Dictionary<string, JsonObject> _cases = [];
    private readonly List<JsonObject> _plans = [];
    private readonly List<JsonObject> _watches = [];
    private readonly List<JsonObject> _links = [];
    private readonly FakeServices _services = new();
    private int _number;

    /// <summary>What lies near to whatever is asked about.</summary>
    public List<string> Similar { get; } = [];

    /// <summary>Told as handed over with every shift that ends; null: nothing.</summary>
    public string? Handed { get; set; }

    /// <summary>The watches that were begun; a test may let one of them alarm.</summary>
    public IReadOnlyList<JsonObject> Watches => _watches;

    public IReadOnlyList<JsonObject> Links => _links;

    public FakeServices Services => _services;

    /// <summary>Asked before anything else: a status other than null is the answer.</summary>
    public Func<Seen, HttpStatusCode?> Trouble { get; set; } = _ => null;

    public IReadOnlyList<Seen> Requests
    {
        get
        {
            lock (_lock)
            {
                return [.. _seen];
            }
        }
    }

    public IEnumerable<Seen> Commands =>
        Requests.Where(request => request.Path.StartsWith("/api/v1/incidents") && request.Method == "POST");

    public void AddCase(string id, string step, string? owner = null, string category = "litter") =>
        _cases[id] = CaseOf(id, step, owner, category);

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var key = request.Headers.TryGetValues("Idempotency-Key", out var keys) ? keys.Single() : null;
        var seen = new Seen(
            request.Method.Method, request.RequestUri!.AbsolutePath, request.RequestUri.Query,
            request.Headers.Authorization?.Parameter ?? "", key, body);
        lock (_lock)
        {
            _seen.Add(seen);
            return Trouble(seen) is { } status ? new HttpResponseMessage(status) : Answer(seen);
        }
    }

    private HttpResponseMessage Answer(Seen seen) => seen.Path switch
    {
        "/healthz/ready" => new HttpResponseMessage(HttpStatusCode.OK),
        "/dev/tokens" => Json(new { token = TokenOf(seen.Body), expiresAt = time.GetUtcNow().AddHours(12) }),
        "/open311/v2/requests.json" =>
            Json(new[] { new { service_request_id = Made()["id"]!.GetValue<string>() } }, HttpStatusCode.Created),
        "/api/v1/hotline/orders" =>
            Json(new { number = "1", incident = Made()["id"]!.GetValue<string>() }, HttpStatusCode.Created),
        "/api/v1/incidents/similar" => Json(new { items = Similar.Select(id => new { id }) }),
        _ when seen.Path.EndsWith("/watches") => WatchesOf(seen),
        _ when seen.Path.EndsWith("/shift") && Handed is { } number => Json(new { handed = new[] { number } }),
        _ when seen.Path.EndsWith("/confirm") => Confirm(seen),
        _ when seen.Path.EndsWith("/visits") || seen.Path.EndsWith("/visit-links") => Visit(seen),
        _ when seen.Path.Split('/')[^1] is "services" or "service-code" || seen.Path.StartsWith("/api/v1/services/") =>
            _services.Answer(seen) is { } body ? Json(body) : new HttpResponseMessage(HttpStatusCode.Conflict),
        _ when seen.Path.EndsWith("/evidence") => Json(_cases[seen.Path.Split('/')[4]]),
        _ when seen.Method == "GET" && _cases.TryGetValue(seen.Path.Split('/')[^1], out var one) =>
            Json(seen.Token.StartsWith("viewer.") ? WithoutParties(one) : one),
        "/api/v1/workers" => Json(new { items = Array.Empty<object>(), next = (string?)null }),
        "/api/v1/incidents" when seen.Method == "GET" =>
            Json(new { items = CasesAt(seen.Query), next = (string?)null }),
        "/api/v1/incidents" => Report(),
        "/api/v1/sensors/events" =>
            Json(new { accepted = 1, rejected = Array.Empty<object>(), cases = Array.Empty<string>() }),
        _ when seen.Path.EndsWith("/patrol-plans") => Plans(seen),
        _ when seen.Path.EndsWith("/code") => Json(new { code = "1.code" }),
        _ when seen.Path.StartsWith("/api/v1/incidents/") && seen.Method == "POST" => Move(seen),
        _ => Json(new { }),
    };

    /// <summary>The token says whom it is for, so that tests can read it.</summary>
    private static string TokenOf(string body)
    {
        using var json = JsonDocument.Parse(body);
        return string.Join('.', json.RootElement.EnumerateObject().Select(property => property.Value.GetString()));
    }

    private HttpResponseMessage Plans(Seen seen)
    {
        if (seen.Method == "POST")
        {
            var plan = JsonNode.Parse(seen.Body)!.AsObject();
            (plan["id"], plan["grid"]) = ($"P{_plans.Count}", seen.Path.Split('/')[4]);
            _plans.Add(plan);
            return Json(plan, HttpStatusCode.Created);
        }

        return Json(new { items = _plans });
    }

    private JsonObject[] CasesAt(string query) =>
        [.. _cases.Values.Where(entry => query.Contains($"step={entry["step"]}&")).Select(WithoutParties)];

    private static JsonObject WithoutParties(JsonObject entry)
    {
        var shown = entry.DeepClone().AsObject();
        shown.Remove("mediation");
        return shown;
    }

    private HttpResponseMessage Report() => Json(Made(), HttpStatusCode.Created);

    private JsonObject Made()
    {
        var id = $"450105001001001-261124-{++_number:D4}";
        AddCase(id, "Reported");
        return _cases[id];
    }

    private HttpResponseMessage WatchesOf(Seen seen)
    {
        var place = seen.Path.Split('/')[4];
        if (seen.Method == "GET")
            return Json(new { items = _watches.Where(one => one["building"]!.GetValue<string>().StartsWith(place)) });

        var watch = JsonNode.Parse(seen.Body)!.AsObject();
        (watch["id"], watch["building"], watch["alarmedAt"]) = ($"K{_watches.Count}", place, null);
        _watches.Add(watch);
        return Json(watch, HttpStatusCode.Created);
    }

    private HttpResponseMessage Confirm(Seen seen)
    {
        var watch = _watches.Single(one => one["id"]!.GetValue<string>() == seen.Path.Split('/')[^2]);
        watch["alarmedAt"] = null;
        return Json(watch);
    }

    private HttpResponseMessage Visit(Seen seen)
    {
        var parts = seen.Path.Split('/');
        if (seen.Method == "GET")
            return Json(new { items = _links.Where(one => one["building"]!.GetValue<string>().StartsWith(parts[4])) });

        JsonObject link;
        if (parts[^1] == "visit-links")
        {
            link = JsonNode.Parse(seen.Body)!.AsObject();
            (link["id"], link["from"], link["to"], link["done"], link["needed"]) =
                ($"V{_links.Count}", 20261101, 20261130, 0, 3);
            _links.Add(link);
        }
        else
        {
            link = _links.Single(one => one["id"]!.GetValue<string>() == parts[^2]);
            link["done"] = link["done"]!.GetValue<int>() + 1;
        }

        return Json(link);
    }

    private HttpResponseMessage Move(Seen seen)
    {
        var parts = seen.Path.Split('/');
        var entry = _cases[parts[4]];
        entry["step"] = parts[5] switch
        {
            "dispatch" => "Dispatched",
            "self-handle" or "accept" or "parties" or "mediations" or "escalate" or "extend" or "suspend" or "supervise"
                or "summon" => "Handling",
            "return" => "Returned",
            "resolve" => "Inspecting",
            "inspect" => seen.Body.Contains("true") ? "Feedback" : "Handling",
            "feedback" => "Closed",
            "reject" => "Rejected",
            "merge" => "Merged",
            _ => "Evaluated",
        };
        if (parts[5] == "dispatch")
            entry["owner"] = JsonNode.Parse(seen.Body)!["owner"]!.GetValue<string>();
        else if (parts[5] == "self-handle")
            entry["owner"] = seen.Token.Split('.')[^1];

        else if (parts[5] == "parties")
        {
            entry["mediation"] = new JsonObject { ["sessions"] = new JsonArray() };
        }
        else if (parts[5] == "mediations")
        {
            entry["mediation"]!["sessions"]!.AsArray().Add(JsonNode.Parse(seen.Body));
        }

        entry["version"] = entry["version"]!.GetValue<long>() + 1;
        return Json(entry);
    }

    private static JsonObject CaseOf(string id, string step, string? owner, string category) => new()
    {
        ["id"] = id,
        ["grid"] = id[..15],
        ["step"] = step,
        ["version"] = 1L,
        ["category"] = category,
        ["severity"] = "Normal",
        ["line"] = "UrbanManagement",
        ["source"] = "Resident",
        ["owner"] = owner,
    };

    private static HttpResponseMessage Json(object body, HttpStatusCode status = HttpStatusCode.OK) => new(status)
    {
        Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"),
    };
}
