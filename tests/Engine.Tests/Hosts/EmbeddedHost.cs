using GridMesh.Clock.Fixture;
using GridMesh.Engine.Tests.Conformance;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;

namespace GridMesh.Engine.Tests.Hosts;

/// <summary>Runs the conformance grains on the embedded engine. <c>OrleansHost</c> takes its place on Orleans.</summary>
internal sealed class EmbeddedHost : IConformanceHost
{
    private readonly Action<EngineOptions>? _configure;
    private readonly FakeTime _time = new();
    private readonly TimeProvider _seen;
    private IGrainStateStore? _states;
    private IReminderStore? _reminders;
    private IHost _host;

    private EmbeddedHost(Action<EngineOptions>? configure, Func<TimeProvider, TimeProvider>? see)
    {
        _configure = configure;
        _seen = see?.Invoke(_time) ?? _time;
        _host = Build();
    }

    public IClusterClient Client => _host.Services.GetRequiredService<IClusterClient>();

    public EngineStats Stats => _host.Services.GetRequiredService<EngineStats>();

    public Probe Probe { get; } = new();

    /// <param name="see">Makes the clock that the engine sees of the one that the test moves.</param>
    public static async Task<EmbeddedHost> StartAsync(
        Action<EngineOptions>? configure = null, Func<TimeProvider, TimeProvider>? see = null)
    {
        var host = new EmbeddedHost(configure, see);
        await host._host.StartAsync();
        return host;
    }

    public void Advance(TimeSpan span)
    {
        if (!SpinWait.SpinUntil(() => Stats.IsIdle, Hang.Limit))
            throw new TimeoutException("The engine does not come to rest.");
        _time.Advance(span);
    }

    public void AdvanceWhileRunning(TimeSpan span) => _time.Advance(span);

    public async Task RestartAsync()
    {
        _states = _host.Services.GetRequiredService<IGrainStateStore>();
        _reminders = _host.Services.GetRequiredService<IReminderStore>();
        await _host.StopAsync();
        _host.Dispose();
        _host = Build();
        await _host.StartAsync();
    }

    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Probe.OpenAll();
        await _host.StopAsync().WaitAsync(Hang.Limit, TimeProvider.System);
        _host.Dispose();
    }

    private IHost Build()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(_seen);
        builder.Services.AddSingleton(Probe);
        if (_states is not null)
            builder.Services.AddSingleton(_states);
        if (_reminders is not null)
            builder.Services.AddSingleton(_reminders);
        builder.Services.AddEmbeddedEngine(_configure, typeof(EmbeddedHost).Assembly);
        return builder.Build();
    }
}
