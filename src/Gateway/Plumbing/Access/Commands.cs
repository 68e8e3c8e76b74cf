using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using GridMesh.Contracts.Access;
using GridMesh.Gateway.Plumbing.Problems;

namespace GridMesh.Gateway.Plumbing.Access;

/// <summary>
/// The id of a command: from the client's <c>Idempotency-Key</c> and its subject, so that nobody meets another's
/// answers; a new one where the client sent none. An id whose time is known, because it is new or because the key is a
/// UUID of version 7 (RFC 9562), begins with it: a store keeps ids in their order, and those of one time on few pages.
/// </summary>
internal static class Commands
{
    public const string Header = "Idempotency-Key";

    /// <summary>Longest key in characters.</summary>
    public const int KeyMax = 128;

    private const int TimedUuid = 7;

    /// <summary>2^13 ms, 8.2 s. After 65,536 of these, 6.2 days, they begin again: ids go among older ones.</summary>
    private const int SpanBits = 13;

    /// <summary>False when a key was sent that is empty or too long.</summary>
    public static bool TryGetId(HttpContext context, Actor actor, out Guid id)
    {
        var key = context.Request.Headers[Header];
        if (key.Count == 0)
        {
            var now = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
            id = Near(now.ToUnixTimeMilliseconds(), Guid.NewGuid().ToByteArray());
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

    /// <summary>
    /// The first 16 bytes of SHA-256 over subject and key; of a timed key the first four are its time.
    /// </summary>
    public static Guid IdOf(string sub, string key)
    {
        var id = SHA256.HashData(Encoding.UTF8.GetBytes($"{sub}\n{key}")).AsSpan(0, 16);
        return Guid.TryParse(key, out var uuid) && uuid.Version == TimedUuid
            ? Near(MillisecondsOf(uuid), id)
            : new Guid(id);
    }

    /// <summary>The 96 bits of the hash that are left still tell ids apart.</summary>
    private static Guid Near(long milliseconds, Span<byte> id)
    {
        var span = (ushort)(milliseconds >> SpanBits);

        // The same from both ends: SQLite compares a Guid's own bytes, PostgreSQL the first four of them in reverse.
        id[0] = id[3] = (byte)(span >> 8);
        id[1] = id[2] = (byte)span;
        return new Guid(id);
    }

    private static long MillisecondsOf(Guid uuid)
    {
        Span<byte> bytes = stackalloc byte[16];
        uuid.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadInt64BigEndian(bytes) >>> 16;
    }
}
