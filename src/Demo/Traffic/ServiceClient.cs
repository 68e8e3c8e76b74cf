using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using GridMesh.Client;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Json;

namespace GridMesh.Demo.Traffic;

/// <summary>The askers' side of services: by the code of their grid, by their token, or signed in.</summary>
internal sealed class ServiceClient(TrafficContext context)
{
    private readonly ConcurrentDictionary<AreaCode, string> _codes = [];

    /// <summary>Asks; once more, where the same was asked before, is answered as then.</summary>
    /// <exception cref="UnreachableException">The server is away.</exception>
    public async Task<Answer> AskAsync(AreaCode grid, ServiceAsk ask, CancellationToken cancellation)
    {
        const string Path = "api/v1/services";
        var code = ask.IsByCode ? await CodeOfAsync(grid, cancellation) : null;
        var body = new
        {
            Code = code, Grid = code is null ? grid.Value : null, ask.Matter, ask.Mode, ask.Name, ask.Phone,
            ask.Address, ask.Text,
        };
        return code is not null
            ? await SendAsync(Path, body, ask.Key, cancellation)
            : await context.Client.PostAsync(
                new TokenKey("resident", grid, null), Path,
                JsonSerializer.SerializeToUtf8Bytes(body, MeshJson.Compact), ask.Key, cancellation);
    }

    /// <summary>What the asker of a service shows, which is told to nobody else; null where nobody knows it.</summary>
    /// <exception cref="UnreachableException">The server is away.</exception>
    public async Task<string?> TokenOfAsync(OpenService service, CancellationToken cancellation) =>
        service.Token is null && service.Ask is { } ask
            && await AskAsync(service.Grid, ask, cancellation) is { IsSuccess: true, Json: { } status }
            && status.GetProperty("id").GetString() == service.Id
            ? status.GetProperty("token").GetString()
            : service.Token;

    /// <summary>Sends what needs no token of a user.</summary>
    /// <exception cref="UnreachableException">The server is away.</exception>
    public Task<Answer> SendAsync<T>(string path, T body, string key, CancellationToken cancellation) =>
        context.Client.PostOpenAsync(
            () => new HttpRequestMessage(HttpMethod.Post, path)
            {
                Content = JsonContent.Create(body, options: MeshJson.Options),
            },
            key, cancellation);

    /// <summary>What hangs in the grid; null where there is none, and then people sign in.</summary>
    private async Task<string?> CodeOfAsync(AreaCode grid, CancellationToken cancellation)
    {
        if (!_codes.TryGetValue(grid, out var code))
        {
            var answer = await context.Client.GetAsync(
                new TokenKey("lead", grid, null), $"api/v1/areas/{grid}/service-code", cancellation);
            if (answer is { IsSuccess: true, Json: { } body })
                _codes[grid] = code = body.GetProperty("code").GetString()!;
        }

        return code;
    }
}
