using System.Collections.Concurrent;
using GridMesh.Contracts.Codes;
using GridMesh.Gateway.Plumbing.Telemetry;
using Microsoft.AspNetCore.SignalR;

namespace GridMesh.Gateway.Areas;

/// <summary>The areas that are watched on this gateway. Renews their leases; closes what nobody watches.</summary>
internal sealed partial class AreaChannels(ChannelContext context, TimeProvider time, ILogger<AreaChannels> log)
    : BackgroundService
{
    private readonly ConcurrentDictionary<(AreaCode Code, AreaSight Sight), AreaChannel> _channels = new();

    /// <summary>How long a client waits for a channel that is just being closed.</summary>
    private static readonly TimeSpan s_closingPause = TimeSpan.FromMilliseconds(10);

    /// <summary>How often every channel is looked after.</summary>
    private static readonly TimeSpan s_round = TimeSpan.FromSeconds(1);

    public async Task<WatchResult> JoinAsync(
        AreaCode code, AreaSight sight, HubConnectionContext connection, Since? since)
    {
        while (true)
        {
            if (await Of(code, sight).JoinAsync(connection, since) is { } result)
                return result;

            await Task.Delay(s_closingPause, time, connection.ConnectionAborted);
        }
    }

    public AreaChannel Of(AreaCode code, AreaSight sight) => _channels.GetOrAdd(
        (code, sight), static (key, context) => new AreaChannel(key.Code, key.Sight, context), context);

    public void Leave(AreaCode code, AreaSight sight, string connectionId)
    {
        if (_channels.TryGetValue((code, sight), out var channel))
            channel.Leave(connectionId);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var channel in _channels.Values)
            channel.Dismiss("ServerStops");

        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var watchers = GatewayMeter.Watchers(() => _channels.Values.Sum(channel => channel.Clients));
        using var timer = new PeriodicTimer(s_round, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                foreach (var channel in _channels.Values.Where(channel => channel.Tending.IsCompleted))
                    channel.Tending = TendAsync(channel);
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    private async Task TendAsync(AreaChannel channel)
    {
        try
        {
            if (channel.TryRetire())
            {
                await channel.CloseAsync();
                _channels.TryRemove((channel.Code, channel.Sight), out _);
            }
            else
            {
                await channel.TendAsync();
            }
        }
        catch (Exception e)
        {
            // The next round tries again; clients see the age of what they show.
            LogRenewal(e, channel.Code);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The watch of {Area} could not be renewed")]
    private partial void LogRenewal(Exception exception, AreaCode area);
}
