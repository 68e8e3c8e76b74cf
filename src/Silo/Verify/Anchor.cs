using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GridMesh.Contracts.Json;
using GridMesh.Contracts.Storage;

namespace GridMesh.Silo.Verify;

/// <summary>
/// The ends of all chains at a moment, signed by a key that does not lie in the database: who can rewrite the whole of
/// it cannot rewrite this.
/// </summary>
/// <param name="Signature">HMAC-SHA256 over the rest, in hexadecimal.</param>
internal sealed record Anchor(DateTimeOffset At, IReadOnlyList<ChainEnd> Ends, string Signature)
{
    /// <summary>Least length of the key in bytes.</summary>
    private const int KeyMin = 32;

    /// <summary>Where the key lies when nobody says.</summary>
    public static string KeyFileOf(string anchor, string? key) => key ?? $"{anchor}.key";

    public static Anchor Of(DateTimeOffset at, IReadOnlyList<ChainEnd> ends, byte[] key) =>
        new(at, ends, Sign(at, ends, key));

    /// <summary>The key of a file, which is made where there is none.</summary>
    /// <exception cref="IOException">It is too short to be one.</exception>
    public static byte[] KeyOf(string file, bool make)
    {
        if (make)
            PrivateFiles.ReadOrMake(file, () => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyMin)));
        var key = File.ReadAllBytes(file).AsSpan().Trim("\r\n"u8).ToArray();
        return key.Length >= KeyMin ? key : throw new IOException($"'{file}' has fewer than {KeyMin} bytes.");
    }

    /// <exception cref="IOException">It is no anchor, or was not signed with this key.</exception>
    public static Anchor Read(string file, byte[] key)
    {
        try
        {
            var read = JsonSerializer.Deserialize<Anchor>(File.ReadAllText(file), MeshJson.Options);
            if (read is { Ends: { } ends, Signature: { } signature } anchor && ends.All(end => end is not null)
                && CryptographicOperations.FixedTimeEquals(
                    Encoding.ASCII.GetBytes(Sign(anchor.At, ends, key)), Encoding.ASCII.GetBytes(signature)))
            {
                return anchor;
            }
        }
        catch (JsonException)
        {
            // Told below.
        }

        throw new IOException(
            $"'{file}' is no anchor that was signed with this key, or it was altered. 锚定文件签名无效。");
    }

    public void Write(string file) => File.WriteAllText(file, JsonSerializer.Serialize(this, MeshJson.Options));

    private static string Sign(DateTimeOffset at, IReadOnlyList<ChainEnd> ends, byte[] key) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(string.Join(
            '\n', ends.Select(end => $"{end.District} {end.Writer} {end.Link} {end.Hash} {end.At.UtcTicks}")
                .Prepend($"{at.UtcTicks}")))));
}
