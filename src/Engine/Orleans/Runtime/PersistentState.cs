using Orleans.Core;

namespace Orleans.Runtime;

/// <summary>A stored record that a grain asks for in its constructor; it is read before OnActivateAsync.</summary>
public interface IPersistentState<TState> : IStorage<TState>;

/// <summary>Names a stored record of a grain, on a parameter of its constructor.</summary>
/// <param name="stateName">The name of the record within the grain.</param>
/// <param name="storageName">The store: a keyed service of this name, or the only store.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public class PersistentStateAttribute(string stateName, string? storageName = null) : Attribute
{
    public string StateName { get; } = stateName ?? throw new ArgumentNullException(nameof(stateName));

    public string? StorageName { get; } = storageName;
}
