using System.Reflection;
using GridMesh.Engine.State;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;

namespace GridMesh.Engine.Activations;

/// <summary>Makes the grain objects of a class, with services and stored records as their arguments.</summary>
internal sealed class GrainConstructor
{
    private readonly ObjectFactory _create;
    private readonly PersistentStateFactory[] _states;

    public GrainConstructor(Type type, IServiceCollection registrations)
    {
        var constructors = type.GetConstructors();
        var constructor = constructors.Length == 1
            ? constructors[0]
            : constructors.SingleOrDefault(c => c.IsDefined(typeof(ActivatorUtilitiesConstructorAttribute)))
                ?? throw new InvalidOperationException(
                    $"{type} needs one public constructor, has {constructors.Length}.");
        var parameters = constructor.GetParameters();
        var facets = parameters.Where(p => p.IsDefined(typeof(PersistentStateAttribute))).ToArray();
        _states = Array.ConvertAll(facets, p => new PersistentStateFactory(p));
        _create = ActivatorUtilities.CreateFactory(type, Array.ConvertAll(facets, p => p.ParameterType));
        NeedsScope = parameters.Except(facets).Any(p => !IsSingleton(p.ParameterType, registrations));
    }

    /// <summary>An argument is not a singleton, so each activation has a scope that goes with it.</summary>
    public bool NeedsScope { get; }

    public Grain Create(Activation activation)
    {
        var services = activation.ActivationServices;
        if (_states.Length == 0)
            return (Grain)_create(services, null);
        var arguments = new object[_states.Length];
        var states = activation.Extras.States = new List<IReadableState>(_states.Length);
        for (var i = 0; i < _states.Length; i++)
        {
            var state = _states[i].Create(activation, services);
            states.Add(state);
            arguments[i] = state;
        }

        return (Grain)_create(services, arguments);
    }

    private static bool IsSingleton(Type service, IServiceCollection registrations)
    {
        if (service == typeof(IServiceProvider))
            return false;
        var open = service.IsGenericType ? service.GetGenericTypeDefinition() : null;
        var matches = registrations.Where(r => r.ServiceType == service || r.ServiceType == open).ToList();
        return matches.Count > 0 && matches.All(r => r.Lifetime == ServiceLifetime.Singleton);
    }
}
