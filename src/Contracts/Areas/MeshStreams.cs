namespace GridMesh.Contracts.Areas;

/// <summary>Names of the streams and the times both ends must agree on.</summary>
public static class MeshStreams
{
    public const string Provider = "mesh";

    /// <summary>Carries <see cref="AreaFrame"/>; the key is the area's code.</summary>
    public const string Wall = "wall";

    /// <summary>How long a watch lease lives without a renewal.</summary>
    public static readonly TimeSpan WatchLease = TimeSpan.FromSeconds(30);

    /// <summary>How often a holder renews: three tries before the lease lapses.</summary>
    public static readonly TimeSpan WatchRenewal = TimeSpan.FromSeconds(10);

    /// <summary>
    /// A watched area is heard of at least every 5 s (its sign of life); a gateway that hears nothing for longer than
    /// this asks whether it is still watched, without waiting for its renewal.
    /// </summary>
    public static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(6);
}
