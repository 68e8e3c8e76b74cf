namespace GridMesh.Contracts.Settings;

/// <summary>An entry of a list of settings: the list is told by what its entries say.</summary>
public interface ISettingEntry
{
    /// <summary>What tells it from the others of its list.</summary>
    string? Label { get; }
}
