using GridMesh.Contracts.Json;

namespace GridMesh.Gateway.Plumbing.Input;

/// <summary>
/// A text that is the name of an enum, upper and lower case alike. A query is checked for it; a body tells it with its
/// other faults, where it is read.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
internal sealed class NamesOfAttribute<T> : Attribute, INamesOf
    where T : struct, Enum
{
    public IReadOnlyList<string> Names { get; } = Enum.GetNames<T>();

    public string Words { get; } = $"is one of {EnumName.All<T>()}";

    public bool Fits(string text) => EnumName.TryParse<T>(text, out _, ignoreCase: true);
}

/// <summary>The same for every enum.</summary>
internal interface INamesOf
{
    IReadOnlyList<string> Names { get; }

    string Words { get; }

    bool Fits(string text);
}
