namespace GridMesh.Load.Products;

/// <summary>Runs the executable's <c>export</c>.</summary>
internal static class SiloExport
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);

    /// <exception cref="InvalidOperationException">It did not export; the message has its last words.</exception>
    public static Task RunAsync(SiloSetup setup, string package, TimeProvider time, CancellationToken cancellation) =>
        SiloVerb.SucceedAsync(setup, ["export", package], s_patience, time, _ => { }, cancellation);
}
