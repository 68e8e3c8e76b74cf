namespace GridMesh.Contracts.Facts;

/// <summary>What stands where something personal was erased: the same words everywhere, in both languages.</summary>
public static class Erased
{
    public const string Text = "[已删除 erased]";
}
