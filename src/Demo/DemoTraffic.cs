using Microsoft.Extensions.Hosting;

namespace GridMesh.Demo;

/// <summary>Keeps the host able to start until the live traffic lands: nothing moves yet.</summary>
public sealed class DemoTraffic : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.CompletedTask;
}
