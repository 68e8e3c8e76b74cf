using System.Diagnostics;

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
        var began = time.GetTimestamp();
        using var process = Process.Start(setup.Command(["verify"], []))
            ?? throw new InvalidOperationException("verify did not start");
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
            await process.WaitForExitAsync(cancellation).WaitAsync(s_patience, time, cancellation);
            var said = $"{await output}{await error}".Trim();
            return new Verified(
                process.ExitCode == 0 && said.StartsWith(CleanWord, StringComparison.Ordinal),
                time.GetElapsedTime(began).TotalSeconds,
                said);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }
}
