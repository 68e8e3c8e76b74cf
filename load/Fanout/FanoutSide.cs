namespace GridMesh.Load.Fanout;

/// <summary>A server that the fleet goes to: the product, or the bare hub.</summary>
/// <param name="SpeakAsync">Has each area say something so many times a second, until it is cancelled.</param>
internal sealed record FanoutSide(
    string Name, Uri Url, int ProcessId, Func<string, string> PathOf,
    Func<double, CancellationToken, Task> SpeakAsync)
{
    /// <summary>Workers move, and what the grids say of it goes to those who watch.</summary>
    public static FanoutSide Of(Product product, Movers movers) => new(
        "product", product.Url, product.Silo.ProcessId, code => Fleet.HubPath(movers.Tokens[code]), movers.RunAsync);

    public static FanoutSide Of(
        SiloProcess bare, IReadOnlyDictionary<string, JsonElement> frames, TimeProvider time) => new(
        "bare SignalR", bare.Url, bare.ProcessId, _ => BareServer.HubPath,
        async (rate, cancellation) =>
        {
            await BareServer.OrderAsync(bare, rate, frames);
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellation)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await BareServer.OrderAsync(bare, 0, frames);
        });
}
