using System.Security.Cryptography;
using System.Text;
using GridMesh.Contracts.Storage;

namespace GridMesh.Storage.Databases;

/// <summary>
/// Seals secrets before they are stored, with AES-256-GCM, each bound to what it belongs to: who reads the database or
/// a backup of it alone reads none. Without a key they are stored as they are.
/// </summary>
/// <param name="key">32 bytes, or null.</param>
internal sealed class SecretBox(Lazy<byte[]?> key)
{
    public const string KeyFile = "secrets.key";

    /// <summary>Begins what is sealed; no secret begins with it, since it is no character of a text.</summary>
    private const string Mark = "\u0001aes-gcm:";

    private const int HashBytes = 16;

    private static readonly byte[] s_mark = Encoding.UTF8.GetBytes(Mark);
    private static readonly int s_nonce = AesGcm.NonceByteSizes.MaxSize;
    private static readonly int s_tag = AesGcm.TagByteSizes.MaxSize;

    /// <summary>
    /// The key that is set, or for SQLite one that lies beside the database. Processes that share a PostgreSQL share no
    /// folder, so there it has to be set.
    /// </summary>
    public static SecretBox Of(StorageOptions options) => new(new Lazy<byte[]?>(() =>
        options.SecretKey is { } set ? SHA256.HashData(Encoding.UTF8.GetBytes(set))
        : options.Kind == StorageKind.Sqlite ? KeyIn(options.DataFolder)
        : null));

    /// <summary>
    /// A hash by which a text is found again and that nobody can try texts against who has not the key.
    /// </summary>
    public string HashOf(string text) => Convert.ToHexStringLower(
        HMACSHA256.HashData(key.Value ?? s_mark, Encoding.UTF8.GetBytes($"name\n{text}")).AsSpan(0, HashBytes));

    public string Seal(string owner, string secret)
    {
        if (key.Value is not { } used)
            return secret;
        var text = Encoding.UTF8.GetBytes(secret);
        var box = new byte[s_nonce + s_tag + text.Length];
        var nonce = box.AsSpan(0, s_nonce);
        var tag = box.AsSpan(s_nonce, s_tag);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(used, s_tag);
        cipher.Encrypt(nonce, text, box.AsSpan(s_nonce + s_tag), tag, Encoding.UTF8.GetBytes(owner));
        return Mark + Convert.ToBase64String(box);
    }

    public byte[]? Seal(string owner, byte[]? secret) => secret is null || key.Value is null
        ? secret
        : Encoding.UTF8.GetBytes(Seal(owner, Convert.ToBase64String(secret)));

    /// <inheritdoc cref="Open(string, string)"/>
    public byte[]? Open(string owner, byte[]? stored) => stored is null || !stored.AsSpan().StartsWith(s_mark)
        ? stored
        : Convert.FromBase64String(Open(owner, Encoding.UTF8.GetString(stored)));

    /// <exception cref="StorageUnusableException">It was sealed with another key, or altered.</exception>
    public string Open(string owner, string stored)
    {
        if (!stored.StartsWith(Mark, StringComparison.Ordinal))
            return stored;
        try
        {
            var box = Convert.FromBase64String(stored[Mark.Length..]).AsSpan();
            if (box.Length < s_nonce + s_tag)
                throw new CryptographicException("it is cut off");

            var text = new byte[box.Length - s_nonce - s_tag];
            using var cipher = new AesGcm(key.Value ?? throw new CryptographicException("no key is set"), s_tag);
            cipher.Decrypt(
                box[..s_nonce], box[(s_nonce + s_tag)..], box.Slice(s_nonce, s_tag), text,
                Encoding.UTF8.GetBytes(owner));
            return Encoding.UTF8.GetString(text);
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            throw new StorageUnusableException(
                $"The secret of {owner} was sealed with another key than that of this process:"
                + " set GridMesh:SecretKey, or bring secrets.key back. 密钥无法解密：请恢复原加密密钥。",
                exception);
        }
    }

    private static byte[] KeyIn(string folder) => Convert.FromBase64String(PrivateFiles.ReadOrMake(
        Path.Combine(folder, KeyFile), () => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))));
}
