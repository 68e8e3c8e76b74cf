using GridMesh.Contracts.Codes;

namespace GridMesh.Contracts.Areas;

/// <summary>What a child tells its parent.</summary>
/// <param name="Details">The change of its view, only while somebody above watches.</param>
[GenerateSerializer, Immutable, Alias("ChildReport")]
public sealed record ChildReport(
    [property: Id(0)] AreaCode Child,
    [property: Id(1)] SummaryVersion Version,
    [property: Id(2)] AreaSummary Summary,
    [property: Id(3)] AreaFrame? Details);

/// <summary>
/// Who reads the view: the parent tier at the pace of the roll-up, or a gateway at the pace of the wall.
/// </summary>
[GenerateSerializer, Alias("Watcher")]
public enum Watcher
{
    Parent,
    Gateway,
}

/// <summary>
/// What grids and the areas above them have in common: numbers that climb and a view that can be watched.
/// </summary>
[Alias("IAreaNode")]
public interface IAreaNode : IGrainWithStringKey
{
    /// <summary>The latest numbers, straight from the live activation: it overrides whatever the asker held.</summary>
    [Alias("GetReport")]
    Task<ChildReport> GetReportAsync();

    /// <summary>
    /// Takes or renews a watch lease of <see cref="MeshStreams.WatchLease"/> and answers the whole view. While any
    /// lease lives, changes are published; when the last one lapses, nothing is.
    /// </summary>
    /// <param name="watcher">Which of the two paces.</param>
    /// <param name="holder">Names the lease: a gateway's id or the parent's code; at most 64 characters.</param>
    [Alias("Watch")]
    Task<AreaSnapshot> WatchAsync(Watcher watcher, string holder);

    /// <summary>
    /// Renews a lease; false when the view was not watched any more, so the caller has to watch anew.
    /// </summary>
    [Alias("Renew")]
    Task<bool> RenewAsync(Watcher watcher, string holder);

    [Alias("Unwatch")]
    Task UnwatchAsync(Watcher watcher, string holder);
}

/// <summary>Community, town, district, city or province. Key: 2-12 digits. The tier is a value.</summary>
[Alias("IAreaGrain")]
public interface IAreaGrain : IAreaNode
{
    /// <summary>
    /// The latest of a child. Late, doubled and reordered ones change nothing; a lost one is sent again (rule RU4).
    /// </summary>
    [Alias("TakeReport"), OneWay]
    Task TakeReportAsync(ChildReport report);
}
