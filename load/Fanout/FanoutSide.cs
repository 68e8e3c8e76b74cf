using System.Net.Http.Json;

namespace GridMesh.Load.Fanout;

/// <summary>A server that the fleet goes to: the product, or the bare hub.</summary>
/// <param name="ProcessId">Null where it is not on this machine.</param>
/// <param name="HasWhole">True where an answer has the whole of an area, so that some clients can keep it.</param>
/// <param name="PathOf">Path and query of the hub for those who watch an area.</param>
/// <param name="SpeakAsync">Has each area say something so many times a second, until it is cancelled.</param>
internal sealed record FanoutSide(
    string Name, Uri Url, int? ProcessId, bool HasWhole, Func<string, string> PathOf,
    Func<double, CancellationToken, Task> SpeakAsync)
{
    /// <summary>Workers move, and what the grids say of it goes to those who watch.</summary>
    public static FanoutSide Of(Product product, IReadOnlyDictionary<string, string> tokens, Movers movers) => new(
        "product", product.Url, product.ProcessId, true, code => Fleet.HubPath(tokens[code]), movers.RunAsync);

    public static FanoutSide Of(
        BareProcess bare, IReadOnlyDictionary<string, JsonElement> frames, TimeProvider time) => new(
        "bare SignalR", bare.Url, bare.ProcessId, false, _ => BareServer.HubPath,
        async (rate, cancellation) =>
        {
            await bare.OrderAsync(rate, frames);
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellation)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await bare.OrderAsync(0, frames);
        });
}

/// <summary>The bare hub as a process of its own, started from this program, on a free port of 127.0.0.1.</summary>
internal sealed class BareProcess : IAsyncDisposable
{
    private readonly SiloProcess _process;
    private readonly HttpClient _http;

    private BareProcess(SiloProcess process) =>
        (_process, _http) = (process, new HttpClient { BaseAddress = process.Url });

    public Uri Url => _process.Url;
    public int ProcessId => _process.ProcessId;

    public static async Task<BareProcess> StartAsync(CancellationToken cancellation)
    {
        var url = new Uri($"http://127.0.0.1:{SiloProcess.FreePort()}");
        var bare = new BareProcess(SiloProcess.Start(
            SiloProcess.Dotnet(typeof(BareProcess).Assembly.Location, null, BareServer.Verb, "--urls", url.ToString()),
            url));
        try
        {
            await bare._process.ReadyAsync(cancellation);
            return bare;
        }
        catch
        {
            await bare.DisposeAsync();
            throw;
        }
    }

    public async Task OrderAsync(double rate, IReadOnlyDictionary<string, JsonElement> frames)
    {
        using var response = await _http.PostAsJsonAsync(BareServer.OrderPath, new BareOrder(rate, frames));
        response.EnsureSuccessStatusCode();
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return _process.DisposeAsync();
    }
}
