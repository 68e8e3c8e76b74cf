using System.Text.Json;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Geo;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Json;

namespace GridMesh.Demo.Traffic;

/// <summary>A case as the traffic knows it from the last answer.</summary>
/// <param name="Hurry">So many steps are taken within seconds: for the stock of the first minute.</param>
internal sealed record OpenCase(
    string Id, AreaCode Grid, Step Step, long Version, string Category, Severity Severity, Line Line, Source Source,
    string? Owner, int Hurry = 0)
{
    /// <summary>What its owner asked for and nobody has decided.</summary>
    public RequestKind? Asked { get; init; }

    public bool IsSuspended { get; init; }

    /// <summary>Asked for, reopened or supervised before: nothing of that happens twice in the demo.</summary>
    public bool IsMarked { get; init; }

    /// <summary>It lies at a desk above its community.</summary>
    public bool IsUp { get; init; }

    /// <summary>Where the same matter may be known: somebody looks before it is dispatched; null: it is new.</summary>
    public GeoPoint? LookAt { get; init; }

    /// <summary>A department that was called and has not come; null: none.</summary>
    public string? Awaited { get; init; }

    /// <summary>Its owner was late, which may be appealed.</summary>
    public bool WasLate { get; init; }

    public AppealState Appeal { get; init; }

    /// <summary>A dispute 矛盾纠纷, which is mediated before it is resolved: the standards name them so.</summary>
    public bool IsDispute => Category.EndsWith("-dispute", StringComparison.Ordinal);

    /// <summary>Its parties were named.</summary>
    public bool HasParties { get; init; }

    /// <summary>Sessions of mediation that were held.</summary>
    public int Sessions { get; init; }

    /// <summary>Its mediation goes on: it cannot be resolved yet.</summary>
    public bool IsMediated { get; init; }

    /// <summary>As it stands on the server, to who may see all of it; null where it is not told.</summary>
    /// <exception cref="UnreachableException">The server is away.</exception>
    public static async Task<OpenCase?> FetchAsync(TrafficClient client, string id, CancellationToken cancellation)
    {
        var answer = await client.GetAsync(
            new TokenKey("dispatcher", AreaCode.Parse(id[..6]), null), $"api/v1/incidents/{id}", cancellation);
        return answer is { IsSuccess: true, Json: { } json } ? Read(json) : null;
    }

    /// <summary>From a case or a list item of the API.</summary>
    public static OpenCase Read(JsonElement json, int hurry = 0) => new(
        json.GetProperty("id").GetString()!,
        AreaCode.Parse(json.GetProperty("grid").GetString()!),
        EnumName.Parse<Step>(json.GetProperty("step").GetString()!),
        json.GetProperty("version").GetInt64(),
        json.GetProperty("category").GetString()!,
        EnumName.Parse<Severity>(json.GetProperty("severity").GetString()!),
        EnumName.Parse<Line>(json.GetProperty("line").GetString()!),
        EnumName.Parse<Source>(json.GetProperty("source").GetString()!),
        json.TryGetProperty("owner", out var owner) ? owner.GetString() : null,
        hurry)
    {
        IsUp = json.TryGetProperty("desk", out var desk) && desk.GetString() is { } at
            && AreaCode.Parse(at).Tier < Tier.Community,
        IsMarked = Marks(json) is not null,
        IsSuspended = Marks(json) is { } marks && marks.GetProperty("isSuspended").GetBoolean(),
        Asked = Marks(json) is { } asked && asked.GetProperty("request") is { ValueKind: JsonValueKind.Object } request
            ? EnumName.Parse<RequestKind>(request.GetProperty("kind").GetString()!)
            : null,
        Awaited = AwaitedIn(Marks(json)),
        HasParties = Mediation(json) is not null,
        Sessions = Mediation(json)?.GetProperty("sessions").GetArrayLength() ?? 0,
        IsMediated = Mediation(json) is { } mediation && mediation.GetProperty("sessions") is var sessions
            && (sessions.GetArrayLength() == 0
                || sessions[sessions.GetArrayLength() - 1].GetProperty("outcome").GetString()
                    == nameof(MediationOutcome.Adjourned)),
        Appeal = Marks(json) is { } appealed && appealed.TryGetProperty("appeal", out var appeal)
            ? EnumName.Parse<AppealState>(appeal.GetString()!)
            : AppealState.None,
        WasLate = json.TryGetProperty("history", out var history)
            && history.EnumerateArray().Any(entry => entry.GetProperty("type").GetString() == nameof(DeadlinePassed)
                && entry.GetProperty("step").GetString() is nameof(Step.Dispatched) or nameof(Step.Handling)),
    };

    private static string? AwaitedIn(JsonElement? marks) =>
        marks is { } some && some.TryGetProperty("summons", out var summons)
            ? summons.EnumerateArray().Where(one => one.GetProperty("cameAt").ValueKind == JsonValueKind.Null)
                .Select(one => one.GetProperty("department").GetString()).FirstOrDefault()
            : null;

    /// <summary>Told of a whole case, and not to viewers or residents.</summary>
    private static JsonElement? Mediation(JsonElement json) => Part(json, "mediation");

    /// <summary>Only a whole case tells of them, an item of a list does not.</summary>
    private static JsonElement? Marks(JsonElement json) => Part(json, "marks");

    private static JsonElement? Part(JsonElement json, string name) =>
        json.TryGetProperty(name, out var part) && part.ValueKind == JsonValueKind.Object ? part : null;
}
