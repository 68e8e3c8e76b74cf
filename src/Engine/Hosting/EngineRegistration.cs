using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace GridMesh.Engine.Hosting;

/// <summary>What the host told the engine.</summary>
/// <param name="Services">All registrations, to learn which services are singletons.</param>
/// <param name="Options">The bounds, valid.</param>
/// <param name="GrainAssemblies">Where the grain classes are.</param>
internal sealed record EngineRegistration(
    IServiceCollection Services, EngineOptions Options, IReadOnlyList<Assembly> GrainAssemblies)
{
    public IEnumerable<Type> GrainTypes() => GrainAssemblies
        .Distinct()
        .SelectMany(assembly => assembly.GetTypes())
        .Where(type => type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false }
            && typeof(Grain).IsAssignableFrom(type)
            && typeof(IGrain).IsAssignableFrom(type));
}
