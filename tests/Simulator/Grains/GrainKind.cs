using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;

namespace GridMesh.Simulator.Grains;

/// <summary>One class of grains and what its attributes say.</summary>
internal sealed class GrainKind
{
    private readonly ConstructorInfo _constructor;
    private readonly ParameterInfo[] _parameters;
    private readonly Dictionary<MethodInfo, bool> _interleaves = [];

    public GrainKind(Type type)
    {
        Type = type;
        Name = type.Name.EndsWith("Grain", StringComparison.Ordinal) ? type.Name[..^5] : type.Name;
        GrainType = GrainType.Create(Name = Name.ToLowerInvariant());
        IsReentrant = type.IsDefined(typeof(ReentrantAttribute), true);
        IsKeptAlive = type.IsDefined(typeof(KeepAliveAttribute), true);
        _constructor = type.GetConstructors().Single();
        _parameters = _constructor.GetParameters();
    }

    public Type Type { get; }

    /// <summary>As Orleans names it: the class without <c>Grain</c>, in small letters.</summary>
    public string Name { get; }

    public GrainType GrainType { get; }

    public bool IsReentrant { get; }

    public bool IsKeptAlive { get; }

    /// <summary>True where a call need not wait for the one that is under way.</summary>
    public bool Interleaves(MethodInfo method)
    {
        if (!_interleaves.TryGetValue(method, out var interleaves))
            _interleaves[method] = interleaves = IsReentrant
                || method.IsDefined(typeof(AlwaysInterleaveAttribute), true);

        return interleaves;
    }

    /// <param name="stateOf">Makes the state of a parameter that is marked as persistent.</param>
    public IGrainBase Create(IServiceProvider services, Func<Type, PersistentStateAttribute, object> stateOf)
    {
        var arguments = new object[_parameters.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = _parameters[i].GetCustomAttribute<PersistentStateAttribute>() is { } persistent
                ? stateOf(_parameters[i].ParameterType.GetGenericArguments()[0], persistent)
                : services.GetRequiredService(_parameters[i].ParameterType);
        }

        return (IGrainBase)_constructor.Invoke(arguments);
    }
}
