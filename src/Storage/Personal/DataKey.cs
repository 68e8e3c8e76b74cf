using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using GridMesh.Contracts.Facts;
using GridMesh.Contracts.Storage;
using GridMesh.Storage.Databases;

namespace GridMesh.Storage.Personal;

/// <summary>What one part of one subject is sealed with; without it nobody reads that any more.</summary>
/// <param name="Id">32 hexadecimal digits, later keys after earlier ones.</param>
/// <param name="Stored">As it lies in the database, itself sealed.</param>
internal sealed record DataKey(
    string Id, string Stream, string Subject, PersonalPart Part, byte[] Secret, string Stored)
{
    public const int IdLength = 32;

    /// <summary>As <see cref="Read"/> takes them.</summary>
    public const string Columns = "id, stream, subject, part, key";

    private const int SecretLength = 32;

    private static readonly int s_nonce = AesGcm.NonceByteSizes.MaxSize;
    private static readonly int s_tag = AesGcm.TagByteSizes.MaxSize;

    public static DataKey New(
        string stream, string subject, PersonalPart part, SecretBox box, TimeProvider time)
    {
        var id = Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
        var secret = RandomNumberGenerator.GetBytes(SecretLength);
        return new DataKey(id, stream, subject, part, secret, box.Seal(id, Convert.ToBase64String(secret)));
    }

    public static DataKey Read(DbDataReader row, SecretBox box)
    {
        var (id, stored) = (row.GetString(0), row.GetString(4));
        return new DataKey(
            id, row.GetString(1), row.GetString(2), (PersonalPart)row.GetInt32(3),
            Convert.FromBase64String(box.Open(id, stored)), stored);
    }

    /// <summary>Sealed for this field of this subject's facts, and readable nowhere else.</summary>
    public byte[] Seal(string field, ReadOnlySpan<byte> value)
    {
        var box = new byte[s_nonce + s_tag + value.Length];
        var nonce = box.AsSpan(0, s_nonce);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(Secret, s_tag);
        cipher.Encrypt(nonce, value, box.AsSpan(s_nonce + s_tag), box.AsSpan(s_nonce, s_tag), Place(field));
        return box;
    }

    /// <exception cref="StorageUnusableException">It was altered, or comes from elsewhere.</exception>
    public byte[] Open(string field, ReadOnlySpan<byte> box)
    {
        try
        {
            var value = new byte[box.Length - s_nonce - s_tag];
            using var cipher = new AesGcm(Secret, s_tag);
            cipher.Decrypt(
                box[..s_nonce], box[(s_nonce + s_tag)..], box.Slice(s_nonce, s_tag), value, Place(field));
            return value;
        }
        catch (Exception e) when (e is CryptographicException or OverflowException or ArgumentException)
        {
            throw new StorageUnusableException(
                $"The field '{field}' of {Stream} is not what was sealed: run 'verify'. 该字段已被改动，请运行 verify。", e);
        }
    }

    private byte[] Place(string field) => Encoding.UTF8.GetBytes($"{Stream}\n{Subject}\n{field}");
}
