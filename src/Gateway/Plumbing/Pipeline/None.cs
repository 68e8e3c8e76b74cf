namespace GridMesh.Gateway.Plumbing.Pipeline;

/// <summary>The target of a command whose path names nothing.</summary>
internal readonly record struct None
{
    public static IResult? Find(CommandCall call, out None none)
    {
        none = default;
        return null;
    }
}
