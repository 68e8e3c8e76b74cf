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
    // Only so that a broken engine fails a test in place of hanging it; the engine's own bound is on the fake clock.
    private static readonly TimeSpan s_turnEnds = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan HangLimit = TimeSpan.FromSeconds(10);

    private readonly Action<EngineOptions>? _configure;
    private readonly FakeTime _time = new();
    private IGrainStateStore? _states;
    private IReminderStore? _reminders;
    private IHost _host;

    private EmbeddedHost(Action<EngineOptions>? configure)
    {
        _configure = configure;
        _host = Build();
    }

    public IClusterClient Client => _host.Services.GetRequiredService<IClusterClient>();

    public EngineStats Stats => _host.Services.GetRequiredService<EngineStats>();

    public Probe Probe { get; } = new();

    public static async Task<EmbeddedHost> StartAsync(Action<EngineOptions>? configure = null)
    {
        var host = new EmbeddedHost(configure);
        await host._host.StartAsync();
        return host;
    }

    /// <summary>
    /// A turn that is about to end is let end before the clock goes on; one that waits for something is not waited for.
    /// </summary>
    public void Advance(TimeSpan span)
    {
        SpinWait.SpinUntil(() => Stats.IsIdle, s_turnEnds);
        _time.Advance(span);
    }

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
        await _host.StopAsync().WaitAsync(HangLimit, TimeProvider.System);
        _host.Dispose();
    }

    private IHost Build()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(_time);
        builder.Services.AddSingleton(Probe);
        if (_states is not null)
            builder.Services.AddSingleton(_states);
        if (_reminders is not null)
            builder.Services.AddSingleton(_reminders);
        builder.Services.AddEmbeddedEngine(_configure, typeof(EmbeddedHost).Assembly);
        return builder.Build();
    }
}
