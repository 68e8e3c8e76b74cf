using System.Net;
using System.Text;
using System.Text.Json;

namespace GridMesh.Client;

/// <summary>What the product answered. Its body is parsed when somebody looks at it, and not before.</summary>
/// <param name="bytes">The body.</param>
/// <param name="place">Where what was made is found, of a 201.</param>
public sealed class Answer(HttpStatusCode status, byte[] bytes, bool isJson, string? place = null)
{
    private JsonElement? _json;

    public HttpStatusCode Status => status;

    public int Length => bytes.Length;

    public bool IsSuccess => (int)status is >= 200 and < 300;

    public string Text => Encoding.UTF8.GetString(bytes);

    /// <summary>The JSON; null where there was none.</summary>
    public JsonElement? Json => isJson ? _json ??= JsonSerializer.Deserialize<JsonElement>(bytes) : null;

    /// <summary>The JSON; undefined where there was none.</summary>
    public JsonElement Body => Json ?? default;

    /// <summary>The stable code of a problem, or the status where there is none.</summary>
    public string Code =>
        !IsSuccess && Json is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty("code", out var code)
            ? code.ToString()
            : $"{(int)status}";

    /// <summary>Number of the case that a report made; null where nothing was made.</summary>
    public string? Made => place?[(place.LastIndexOf('/') + 1)..];

    /// <summary>The body of a success.</summary>
    /// <param name="what">What was asked for, to say so where it was refused.</param>
    /// <exception cref="InvalidOperationException">It is not a success.</exception>
    public JsonElement Expect(string what) =>
        IsSuccess ? Body : throw new InvalidOperationException($"the product does not give {what}: {Code}");
}
