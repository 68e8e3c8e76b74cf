using GridMesh.Gateway.Plumbing.Keys;

namespace GridMesh.Gateway.Hotline;

/// <summary>The door of the hotline 12345. Section <c>GridMesh:Hotline</c>.</summary>
public sealed class HotlineOptions
{
    public const string Section = "GridMesh:Hotline";

    /// <summary>Taken in Development where no keys are configured.</summary>
    public const string DevelopmentKey = "development-hotline";

    /// <summary>Who may pass orders on, and how much.</summary>
    public IList<ApiKeyOptions> Keys { get; set; } = [];

    public IEnumerable<string> Problems() => ApiKeyOptions.Problems(Section, [.. Keys]);
}
