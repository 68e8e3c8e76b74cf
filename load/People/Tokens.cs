using System.Text.Json;
using GridMesh.Load.Clients.Lanes;

namespace GridMesh.Load.People;

/// <summary>Development tokens by the cheap way, for many.</summary>
internal static class Tokens
{
    /// <exception cref="InvalidOperationException">The product gives none; it has to run in Development.</exception>
    public static async Task<string> GetAsync(
        LanePool lanes, string role, string area, string? worker, CancellationToken cancellation)
    {
        string? token = null;
        var status = await lanes.SendAsync(
            RawRequest.Post("/dev/tokens", lanes.Host, null, new { role, area, worker }), cancellation,
            (status, answer) => token = status == 200 ? TokenOf(answer) : null);
        return token ?? throw new InvalidOperationException(
            $"no token for {role} {worker} at {area} ({status}); scenarios need a product in Development");
    }

    private static string? TokenOf(ReadOnlyMemory<byte> answer)
    {
        using var json = JsonDocument.Parse(answer);
        return json.RootElement.GetProperty("token").GetString();
    }
}
