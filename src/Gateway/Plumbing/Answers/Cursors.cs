namespace GridMesh.Gateway.Plumbing.Answers;

/// <summary>What pages hand out to be asked on with.</summary>
internal static class Cursors
{
    /// <summary>Longest one in characters.</summary>
    public const int Max = 200;
}
