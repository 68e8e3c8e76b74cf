using GridMesh.Contracts.Settings;

namespace GridMesh.Gateway.Web;

[Setting("The wall's own settings.", "大屏自身的配置。")]
public sealed class WallOptions
{
    public const string Section = "GridMesh:Wall";

    [Setting("URL of a MapLibre style with tiles; none is needed.", "带瓦片的 MapLibre 样式地址；可不设。")]
    public Uri? MapStyleUrl { get; set; }
}
