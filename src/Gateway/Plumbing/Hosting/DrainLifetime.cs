using System.Runtime.InteropServices;
using GridMesh.Gateway.Plumbing.Health;

namespace GridMesh.Gateway.Plumbing.Hosting;

/// <summary>
/// Stops in order. SIGTERM turns <c>/healthz/ready</c> red at once and lets the process serve on for a while, so that
/// balancers have looked away before walls are sent elsewhere and grains move. Ctrl+C, and a second SIGTERM, do not
/// wait.
/// </summary>
internal sealed class DrainLifetime(
    IHostApplicationLifetime lifetime, Readiness readiness, EndpointOptions options, TimeProvider time)
    : IHostLifetime, IDisposable
{
    private readonly List<PosixSignalRegistration> _signals = [];

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => OnTerminate(context)));
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context)));
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGQUIT, context => Stop(context)));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        foreach (var signal in _signals)
            signal.Dispose();
    }

    private void OnTerminate(PosixSignalContext context)
    {
        if (readiness.TryDrain())
        {
            context.Cancel = true;
            _ = DrainAsync();
        }
        else
        {
            Stop(context);
        }
    }

    private async Task DrainAsync()
    {
        await Task.Delay(TimeSpan.FromSeconds(options.DrainSeconds), time);
        lifetime.StopApplication();
    }

    /// <summary>The runtime would end the process by itself; the host does it, in order.</summary>
    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        lifetime.StopApplication();
    }
}
