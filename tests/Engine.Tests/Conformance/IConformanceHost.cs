using Orleans;

namespace GridMesh.Engine.Tests.Conformance;

/// <summary>Runs the conformance grains on one engine. The tests know no more of it than this and the Orleans API.</summary>
public interface IConformanceHost : IAsyncDisposable
{
    IClusterClient Client { get; }

    /// <summary>What the grains of this host tell their test.</summary>
    Probe Probe { get; }

    /// <summary>
    /// Lets what runs end, then moves the clock of the engine; what is due on the way has been started on return.
    /// </summary>
    void Advance(TimeSpan span);

    /// <summary>The same, for a test that holds a turn.</summary>
    void AdvanceWhileRunning(TimeSpan span);

    /// <summary>Stops in order and starts again over the same stores.</summary>
    Task RestartAsync();

    /// <summary>Stops in order.</summary>
    Task StopAsync();
}
