namespace GridMesh.Load.Products;

/// <param name="Output">What it printed, for when it is not clean.</param>
internal sealed record Verified(bool IsClean, double Seconds, string Output);

/// <summary>Runs the executable's <c>verify</c> over the data of a product that does not run.</summary>
internal static class SiloVerify
{
    private const string CleanWord = "clean";

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);

    public static async Task<Verified> RunAsync(SiloSetup setup, TimeProvider time, CancellationToken cancellation)
    {
        var (exitCode, output, error, took) = await SiloVerb.RunAsync(
            setup, ["verify"], s_patience, time, _ => { }, cancellation);
        var said = $"{output}{error}";
        return new Verified(
            exitCode == 0 && said.StartsWith(CleanWord, StringComparison.Ordinal), took.TotalSeconds, said);
    }
}
