using GridMesh.Contracts.Directory;
using GridMesh.Demo.Traffic;
using GridMesh.Demo.World;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GridMesh.Demo;

/// <summary>
/// Makes the demo district live: shifts begin, people walk, doors open, cases are reported, handled, checked and told
/// about, storms come. It uses the public API as any client does and picks up after every restart.
/// </summary>
public sealed partial class DemoTraffic : BackgroundService
{
    private const int ConnectionsMax = 64;

    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan s_startAgainAfter = TimeSpan.FromSeconds(5);

    private readonly IDirectory _directory;
    private readonly DemoOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<DemoTraffic> _log;
    private readonly HttpMessageHandler _handler;

    public DemoTraffic(IDirectory directory, DemoOptions options, TimeProvider time, ILogger<DemoTraffic> log)
        : this(directory, options, time, log, new SocketsHttpHandler
        {
            MaxConnectionsPerServer = ConnectionsMax,
            UseProxy = false,
        })
    {
    }

    internal DemoTraffic(
        IDirectory directory, DemoOptions options, TimeProvider time, ILogger<DemoTraffic> log,
        HttpMessageHandler handler) =>
        (_directory, _options, _time, _log, _handler) = (directory, options, time, log, handler);

    public override void Dispose()
    {
        _handler.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failures = new FailureLog(_time, _log);
        using var timer = new PeriodicTimer(s_tick, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                if (_options.BaseUrl is { } baseUrl)
                    await RunAsync(baseUrl, timer, failures, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    /// <summary>One life of the traffic: until the directory changes or something fails that no retry mends.</summary>
    private async Task RunAsync(Uri baseUrl, PeriodicTimer timer, FailureLog failures, CancellationToken cancellation)
    {
        using var client = new TrafficClient(_handler, baseUrl, _time, _options.Seed);
        var world = new TrafficWorld(_directory.Current);
        if (world.IsEmpty || !await client.IsReadyAsync(cancellation))
            return;

        var life = new TrafficLife(world, client, _options, failures, _time);
        try
        {
            await life.ResumeAsync(cancellation);
            LogRunning(_options.Speed, life.Cases);
            while (life.IsOf(_directory.Current) && await timer.WaitForNextTickAsync(cancellation))
                life.Tick(cancellation);
        }
        catch (UnreachableException e)
        {
            // The server was away for longer than the retries last; everything is picked up anew when it is back.
            failures.Add(e.Message);
            failures.Flush();
            await Task.Delay(s_startAgainAfter, _time, cancellation);
        }
        finally
        {
            await life.DrainAsync();
        }
    }

    [LoggerMessage(LogLevel.Information, "Demo traffic runs at {Speed}x; {Cases} open cases picked up")]
    private partial void LogRunning(double speed, int cases);
}
