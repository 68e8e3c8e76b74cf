using GridMesh.Gateway.Open311;
using GridMesh.Gateway.Plumbing.Keys;

namespace GridMesh.Gateway.Residents;

/// <summary>
/// The key of Open311 by which the page reports: the page is one of its clients, with its area and its limits.
/// </summary>
internal sealed class PageKey(
    Open311Options options, [FromKeyedServices(RequestEndpoint.Keys)] ApiKeys keys, IHostEnvironment environment)
{
    /// <summary>What is said where the page has none.</summary>
    public static readonly Said Closed = new(
        "这里暂不接收网上上报，请拨打 12345。", "Reports are not taken here. Please call 12345.");

    private readonly string? _name = options.PageKey
        ?? (environment.IsDevelopment() && options.Keys.Count == 0 ? ApiKeys.DevelopmentName : null);

    public bool IsOpen => _name is not null;

    public (KeyVerdict Verdict, ApiKey? Key) Admit() =>
        _name is null ? (KeyVerdict.Unknown, null) : keys.AdmitNamed(_name);
}
