using System.Text.Json;
using GridMesh.Load.Bare;
using GridMesh.Load.Fleets;

namespace GridMesh.Load.Fanout;

/// <summary>A server that the fleet goes to: the product, or the bare hub.</summary>
internal interface IFanoutSide
{
    string Name { get; }

    /// <summary>Null where it is not on this machine.</summary>
    int? ProcessId { get; }

    /// <summary>True where an answer has the whole of an area, so that some clients can keep it.</summary>
    bool HasWhole { get; }

    /// <summary>The way in for so many clients.</summary>
    FleetContext Open(int clients);

    /// <summary>Has each area say something so many times a second, until it is cancelled.</summary>
    Task SpeakAsync(double rate, CancellationToken cancellation);
}

/// <summary>The product: workers move, and what the grids say of it goes to those who watch.</summary>
internal sealed class ProductSide(
    Uri url, int? processId, IReadOnlyDictionary<string, string> tokens, Movers movers, TimeProvider time) : IFanoutSide
{
    private const string HubPath = "/hubs/mesh";

    public string Name => "product";

    public bool HasWhole => true;

    public int? ProcessId => processId;

    public FleetContext Open(int clients) =>
        new(url, code => $"{HubPath}?access_token={tokens[code]}", clients, time);

    public Task SpeakAsync(double rate, CancellationToken cancellation) => movers.RunAsync(rate, cancellation);
}

/// <summary>The bare hub: sends what the product sent, at the rate that it is told.</summary>
internal sealed class BareSide(BareProcess bare, IReadOnlyDictionary<string, JsonElement> frames, TimeProvider time) : IFanoutSide
{
    public string Name => "bare SignalR";

    public bool HasWhole => false;

    public int? ProcessId => bare.ProcessId;

    public FleetContext Open(int clients) => new(bare.Url, _ => BareHub.Path, clients, time);

    public async Task SpeakAsync(double rate, CancellationToken cancellation)
    {
        await bare.OrderAsync(rate, frames, cancellation);
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellation);
        }
        catch (OperationCanceledException)
        {
            await bare.OrderAsync(0, frames, CancellationToken.None);
        }
    }
}
