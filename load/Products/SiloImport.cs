namespace GridMesh.Load.Products;

/// <summary>Runs the executable's <c>import</c> of a package.</summary>
internal static class SiloImport
{
    private static readonly TimeSpan s_patience = TimeSpan.FromHours(2);

    /// <summary>How long it took.</summary>
    /// <param name="onLine">Told each line that it prints.</param>
    /// <exception cref="InvalidOperationException">It did not import; the message has its last words.</exception>
    public static Task<TimeSpan> RunAsync(
        SiloSetup setup, string package, TimeProvider time, Action<string> onLine, CancellationToken cancellation) =>
        SiloVerb.SucceedAsync(setup, ["import", package], s_patience, time, onLine, cancellation);
}
