using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Grids;
using GridMesh.Gateway.Plumbing.Sockets;
using Microsoft.AspNetCore.SignalR;
using Orleans.Streams;

namespace GridMesh.Gateway.Areas;

/// <summary>
/// What the channels of one gateway share: the way to the grains, the clock and the lease holder's name.
/// </summary>
internal sealed class ChannelContext(IClusterClient client, TimeProvider time)
{
    /// <summary>A frame that has been on its way to a client for longer ends the connection.</summary>
    public static readonly TimeSpan SlowClientMax = TimeSpan.FromSeconds(10);

    /// <summary>How long the last word may take before the line is cut.</summary>
    public static readonly TimeSpan FarewellMax = TimeSpan.FromSeconds(5);

    /// <summary>How long the first frame waits for the answer to <c>Watch</c> to be written.</summary>
    private static readonly TimeSpan s_startAfter = TimeSpan.FromMilliseconds(30);

    public TimeProvider Time => time;

    /// <summary>Names this gateway's leases.</summary>
    public string Holder { get; } = $"gateway:{Guid.NewGuid():N}";

    public IAreaNode NodeOf(AreaCode code) => client.GetNode(code);

    public IAsyncStream<AreaFrame> WallStream(AreaCode code) => client.GetStreamProvider(MeshStreams.Provider)
        .GetStream<AreaFrame>(Orleans.Runtime.StreamId.Create(MeshStreams.Wall, code.Value));

    public void StartSoon(WallClient wallClient) => _ = StartAsync(wallClient);

    /// <summary>Says why, then ends the connection.</summary>
    public void Drop(HubConnectionContext connection, string reason) => _ = DropAsync(connection, reason);

    private async Task StartAsync(WallClient wallClient)
    {
        await Task.Delay(s_startAfter, time);
        wallClient.Start();
    }

    private async Task DropAsync(HubConnectionContext connection, string reason)
    {
        var line = ClientLine.Of(connection, time);
        line.Close();
        using var patience = new CancellationTokenSource(FarewellMax, time);
        var said = connection.WriteAsync(
            new Microsoft.AspNetCore.SignalR.Protocol.InvocationMessage("closing", [reason]),
            CancellationToken.None).AsTask();
        try
        {
            await said.WaitAsync(patience.Token);
            await line.ArrivalAsync(patience.Token);
        }
        catch (Exception)
        {
            // It did not get through in time, or the line is gone.
        }

        connection.Abort();
        if (!said.IsCompleted)
        {
            // Nothing gets through: without the line being cut the hub would wait for its last word for ever.
            connection.Features.Get<HubSocket>()?.Abort();
        }
    }
}
