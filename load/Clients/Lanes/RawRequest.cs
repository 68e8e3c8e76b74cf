using System.Text;
using System.Text.Json;

namespace GridMesh.Load.Clients.Lanes;

/// <summary>Requests as bytes.</summary>
internal static class RawRequest
{
    /// <param name="path">With its leading slash.</param>
    /// <param name="token">Null: none is sent.</param>
    /// <param name="key">The <c>Idempotency-Key</c>; null: none is sent.</param>
    public static byte[] Post(string path, string host, string? token, ReadOnlySpan<byte> body, string? key = null)
    {
        var bearer = token is null ? string.Empty : $"Authorization: Bearer {token}\r\n";
        var once = key is null ? string.Empty : $"Idempotency-Key: {key}\r\n";
        return
        [
            .. Encoding.UTF8.GetBytes(
                $"POST {path} HTTP/1.1\r\nHost: {host}\r\n{bearer}{once}Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n"),
            .. body,
        ];
    }

    public static byte[] Post(string path, string host, string? token, object body, string? key = null) =>
        Post(path, host, token, JsonSerializer.SerializeToUtf8Bytes(body), key);
}
