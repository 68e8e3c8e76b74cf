using System.Security.Cryptography;
using System.Text;
using GridMesh.Contracts.Access;
using GridMesh.Gateway.Problems;

namespace GridMesh.Gateway.Access;

/// <summary>
/// The id of a command: from the client's <c>Idempotency-Key</c> and its subject, so that nobody meets another's
/// answers; a new one where the client sent none.
/// </summary>
internal static class Commands
{
    public const string Header = "Idempotency-Key";

    /// <summary>Longest key in characters.</summary>
    public const int KeyMax = 128;

    /// <summary>False when a key was sent that is empty or too long.</summary>
    public static bool TryGetId(HttpContext context, Actor actor, out Guid id)
    {
        var key = context.Request.Headers[Header];
        if (key.Count == 0)
        {
            id = Guid.NewGuid();
            return true;
        }

        id = key is [{ Length: > 0 and <= KeyMax } text] ? IdOf(actor.Sub, text) : Guid.Empty;
        return id != Guid.Empty;
    }

    /// <summary>The id; a key that is wrong is told with the other faults of the request.</summary>
    public static Guid Read(Check check, HttpContext context, Actor actor)
    {
        check.That(TryGetId(context, actor, out var id), Header, $"has 1-{KeyMax} characters");
        return id;
    }

    /// <summary>The first 16 bytes of SHA-256 over subject and key.</summary>
    public static Guid IdOf(string sub, string key) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"{sub}\n{key}")).AsSpan(0, 16));
}
