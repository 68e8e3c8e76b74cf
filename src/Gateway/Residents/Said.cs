namespace GridMesh.Gateway.Residents;

/// <summary>What is said to a resident, in both languages.</summary>
public readonly record struct Said(string Zh, string En);
