namespace GridMesh.Contracts.Settings;

/// <summary>
/// Describes a setting, or a section of them, in the words of <c>docs/configuration.md</c> and its Chinese version,
/// which are written from it (<c>./dev settings</c>).
/// </summary>
/// <param name="min">Least value of a number; with <paramref name="max"/> both are held at the start.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property)]
public sealed class SettingAttribute(
    string english, string chinese, double min = double.NaN, double max = double.NaN) : Attribute
{
    public string English => english;

    public string Chinese => chinese;

    public double Min => min;

    public double Max => max;

    public bool IsBounded => !double.IsNaN(min);

    /// <summary>Its whole key, where it does not stand in its section by its own name.</summary>
    public string? Key { get; init; }

    /// <summary>Nobody is shown its value.</summary>
    public bool IsSecret { get; init; }
}
