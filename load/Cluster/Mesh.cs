namespace GridMesh.Load.Cluster;

/// <summary>Silos and gateways over one database. Whatever happens, all of them end with it.</summary>
internal sealed class Mesh(SiloSetup setup) : IAsyncDisposable
{
    public const int DrainSeconds = 2;

    private const int DemoSpeed = 5;

    private readonly List<(string Name, SiloProcess Process)> _running = [];

    /// <param name="hasDemo">The demo runs in one process, which has a gateway of its own for it.</param>
    public SiloProcess StartSilo(string name, bool hasDemo) => Start(name,
    [
        $"GridMesh:Cluster:Role={(hasDemo ? "All" : "Silo")}", $"GridMesh:Cluster:SiloPort={SiloProcess.FreePort()}",
        $"GridMesh:Cluster:GatewayPort={SiloProcess.FreePort()}", $"GridMesh:Demo:Enabled={hasDemo}",
    ]);

    public SiloProcess StartGateway(string name) =>
        Start(name, ["GridMesh:Cluster:Role=Gateway", "GridMesh:Demo:Enabled=false"]);

    public Task ReadyAsync(CancellationToken cancellation) =>
        Task.WhenAll(_running.Select(entry => entry.Process.ReadyAsync(cancellation)));

    /// <summary>Takes a process that is gone off the list, so that nobody waits for its stop.</summary>
    public ValueTask RemoveAsync(SiloProcess process)
    {
        _running.RemoveAll(entry => entry.Process == process);
        return process.DisposeAsync();
    }

    /// <summary>Stops them in order, gateways first; answers how those ended that did not end in order.</summary>
    public async Task<IReadOnlyList<string>> StopAsync()
    {
        var wrong = new List<string>();
        foreach (var (name, process) in Enumerable.Reverse(_running))
        {
            if (!await process.StopAsync())
                wrong.Add($"{name} ended with {process.ExitCode?.ToString() ?? "a kill"}");
        }

        return wrong;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, process) in _running)
            await process.DisposeAsync();
    }

    /// <summary>One address sends everything, so the limits of the gateways are out of the way.</summary>
    private SiloProcess Start(string name, IReadOnlyList<string> settings)
    {
        var process = setup.Start(
            [
                .. Product.Unlimited, $"GridMesh:Gateway:DrainSeconds={DrainSeconds}",
                "GridMesh:Cluster:Mode=Database", $"GridMesh:Demo:Speed={DemoSpeed}", .. settings,
            ]);
        _running.Add((name, process));
        return process;
    }
}
