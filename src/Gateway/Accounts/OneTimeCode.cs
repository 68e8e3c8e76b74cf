using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace GridMesh.Gateway.Accounts;

/// <summary>Codes of a second factor as phones make them: TOTP (RFC 6238) with SHA-1, six digits, 30 seconds.</summary>
internal static class OneTimeCode
{
    public const int Digits = 6;

    private const int StepSeconds = 30;
    private const int SecretBytes = 20;

    /// <summary>A phone's clock may be wrong by this many steps.</summary>
    private const int Drift = 1;

    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(SecretBytes);

    /// <summary>The step of the code, if it is one of these moments and later than the last that was taken.</summary>
    public static long? StepOf(byte[] secret, string? code, DateTimeOffset now, long last)
    {
        if (code is not { Length: Digits })
            return null;

        long? found = null;
        var present = now.ToUnixTimeSeconds() / StepSeconds;
        for (var step = present - Drift; step <= present + Drift; step++)
        {
            if (step > last && CryptographicOperations.FixedTimeEquals(
                Encoding.UTF8.GetBytes(Code(secret, step, Digits)), Encoding.UTF8.GetBytes(code)))
            {
                found = step;
            }
        }

        return found;
    }

    public static string Code(byte[] secret, DateTimeOffset at, int digits = Digits) =>
        Code(secret, at.ToUnixTimeSeconds() / StepSeconds, digits);

    /// <summary>What an app takes by hand.</summary>
    public static string Text(byte[] secret)
    {
        var text = new StringBuilder();
        var (bits, held) = (0, 0);
        foreach (var part in secret)
        {
            (bits, held) = ((bits << 8) | part, held + 8);
            while (held >= 5)
            {
                held -= 5;
                text.Append(Base32[(bits >> held) & 31]);
            }
        }

        return held == 0 ? text.ToString() : text.Append(Base32[(bits << (5 - held)) & 31]).ToString();
    }

    /// <summary>What an app takes as a picture.</summary>
    public static string Link(byte[] secret, string account) =>
        $"otpauth://totp/GridMesh:{Uri.EscapeDataString(account)}?secret={Text(secret)}&issuer=GridMesh";

    /// <summary>RFC 4226, 5.3.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage(
        "Security", "CA5350", Justification = "What phones speak: an HMAC does not rest on collisions.")]
    private static string Code(byte[] secret, long step, int digits)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        var hash = HMACSHA1.HashData(secret, counter);
        var number = BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & 0x7FFF_FFFF;
        var modulus = (uint)Math.Pow(10, digits);
        return (number % modulus).ToString($"D{digits}", CultureInfo.InvariantCulture);
    }
}
