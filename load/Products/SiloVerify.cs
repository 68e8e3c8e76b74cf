using System.Text.Json;

namespace GridMesh.Load.Products;

/// <summary>What lies in a store, as <c>verify</c> counts it.</summary>
internal sealed record StoreCounts(long Facts, long Cases, long Open)
{
    public override string ToString() => $"{Facts} facts, {Cases} cases, {Open} open";
}

/// <param name="Counts">Null where it was not counted, or by a build that tells it in sentences alone.</param>
/// <param name="Output">What it printed, for when it is not clean.</param>
internal sealed record Verified(bool IsClean, StoreCounts? Counts, double Seconds, string Output);

/// <summary>Runs the executable's <c>verify</c> over the data of a product that does not run.</summary>
internal static class SiloVerify
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);

    public static async Task<Verified> RunAsync(SiloSetup setup, TimeProvider time, CancellationToken cancellation)
    {
        var verified = await RunAsync(setup, ["verify", "--json"], time, cancellation);

        // Older builds refuse what they do not know; whether all is well they tell by how they end.
        return verified is { IsClean: false, Counts: null } ? await RunAsync(setup, ["verify"], time, cancellation) : verified;
    }

    /// <summary>What the last line of the output says; null where it is not JSON.</summary>
    public static StoreCounts? CountsOf(string output)
    {
        var line = output[(output.LastIndexOf('\n') + 1)..];
        return line.StartsWith('{') ? JsonSerializer.Deserialize<StoreCounts>(line, JsonSerializerOptions.Web) : null;
    }

    private static async Task<Verified> RunAsync(
        SiloSetup setup, string[] arguments, TimeProvider time, CancellationToken cancellation)
    {
        var (exitCode, output, error, took) = await SiloVerb.RunAsync(
            setup, arguments, s_patience, time, _ => { }, cancellation);
        return new Verified(exitCode == 0, CountsOf(output), took.TotalSeconds, $"{output}{error}");
    }
}
