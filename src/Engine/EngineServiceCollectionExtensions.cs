using System.Reflection;
using GridMesh.Engine.Hosting;
using GridMesh.Engine.Reminders;
using GridMesh.Engine.State;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans;

namespace GridMesh.Engine;

/// <summary>Puts the embedded engine into a host.</summary>
public static class EngineServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="IGrainFactory"/> and <see cref="IClusterClient"/>, and runs the grains of these assemblies from
    /// the start of the host to its stop.
    /// </summary>
    /// <param name="services">The services of the host. <see cref="IGrainStateStore"/>, <see cref="IReminderStore"/>
    /// and <see cref="TimeProvider"/> are taken from here; what is missing has a default in memory, or the system
    /// clock.</param>
    /// <param name="configure">Sets options.</param>
    /// <param name="grainAssemblies">Where the grain classes are.</param>
    /// <exception cref="ArgumentException">The options are wrong; the message names every problem.</exception>
    public static IServiceCollection AddEmbeddedEngine(
        this IServiceCollection services, Action<EngineOptions>? configure, params Assembly[] grainAssemblies)
    {
        var options = new EngineOptions();
        configure?.Invoke(options);
        var problems = options.Problems().ToList();
        if (problems.Count > 0)
            throw new ArgumentException(string.Join(Environment.NewLine, problems), nameof(configure));

        services.AddLogging();
        services.TryAddSingleton<IGrainStateStore, MemoryStateStore>();
        services.TryAddSingleton<IReminderStore, MemoryReminderStore>();
        services.AddSingleton(new EngineRegistration(services, options, grainAssemblies));
        services.AddSingleton<EngineStats>();
        services.AddSingleton<GrainEngine>();
        services.AddSingleton<EngineClient>();
        services.AddSingleton<IClusterClient>(provider => provider.GetRequiredService<EngineClient>());
        services.AddSingleton<IGrainFactory>(provider => provider.GetRequiredService<EngineClient>());
        services.AddHostedService<EngineHostedService>();
        return services;
    }
}
