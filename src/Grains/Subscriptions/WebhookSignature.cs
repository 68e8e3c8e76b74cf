using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace GridMesh.Grains.Subscriptions;

/// <summary>
/// <c>GridMesh-Signature: t={unix seconds},v1={hex}</c>: HMAC-SHA256 by the secret over the time, a full stop and the
/// body's bytes. The time in it lets a receiver refuse what was recorded and is sent again (docs/webhooks.md).
/// </summary>
public static class WebhookSignature
{
    public const string Header = "GridMesh-Signature";

    public static string Of(string secret, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        var time = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.ASCII.GetBytes(time + "."), .. body];
        var code = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed);
        return $"t={time},v1={Convert.ToHexStringLower(code)}";
    }
}
