namespace GridMesh.Gateway.Wall;

/// <summary>The wall's own settings. Section <c>GridMesh:Wall</c>.</summary>
public sealed class WallOptions
{
    public const string Section = "GridMesh:Wall";

    /// <summary>URL of a MapLibre style with tiles; none is needed.</summary>
    public Uri? MapStyleUrl { get; set; }
}
