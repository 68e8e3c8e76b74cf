using System.Net.Http.Headers;

namespace GridMesh.Load.Clients;

/// <summary>How a command ended.</summary>
/// <param name="Case">The case's number, for a report that was taken.</param>
/// <param name="Bytes">Length of the answer.</param>
internal readonly record struct CommandAnswer(int Status, string? Case, int Bytes, string? Problem)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>The stable code of a problem, or the status.</summary>
    public string Code => Problem ?? Status.ToString();
}

/// <summary>
/// The product's HTTP door for scenarios that share the machine with the product: nothing is parsed that is not needed,
/// so that what is measured is the product and not this client.
/// </summary>
internal sealed class CommandClient(Uri url) : IDisposable
{
    private const int ConnectionsMax = 1_000;

    private static readonly MediaTypeHeaderValue s_json = new("application/json");

    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        MaxConnectionsPerServer = ConnectionsMax, UseProxy = false, UseCookies = false, AllowAutoRedirect = false, ActivityHeadersPropagator = null,
    });

    private readonly string _api = new Uri(url, "/api/v1/").ToString();

    /// <summary>Throws <see cref="HttpRequestException"/> or <see cref="OperationCanceledException"/> where no answer came.</summary>
    /// <param name="key">The <c>Idempotency-Key</c>: the same again is the same command.</param>
    public async Task<CommandAnswer> PostAsync(
        string path, AuthenticationHeaderValue token, byte[] body, string key, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _api + path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = s_json;
        request.Headers.Authorization = token;
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(MeshClient.Patience);
        using var response = await _http.SendAsync(request, patience.Token);
        var bytes = await response.Content.ReadAsByteArrayAsync(patience.Token);
        return new CommandAnswer(
            (int)response.StatusCode, CaseOf(response.Headers.Location), bytes.Length,
            response.IsSuccessStatusCode ? null : ProblemOf(bytes));
    }

    public void Dispose() => _http.Dispose();

    /// <summary>A report is answered with the place of the case: its number is the last part.</summary>
    private static string? CaseOf(Uri? location) => location?.OriginalString is { } place ? place[(place.LastIndexOf('/') + 1)..] : null;

    private static string? ProblemOf(byte[] body)
    {
        try
        {
            using var json = System.Text.Json.JsonDocument.Parse(body);
            return json.RootElement.TryGetProperty("code", out var code) ? code.GetString() : null;
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
