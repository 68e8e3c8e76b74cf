using System.Diagnostics;

namespace GridMesh.Load.Products;

/// <summary>Runs the executable's <c>export</c> over the data of a product that does not run.</summary>
internal static class SiloExport
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);

    /// <exception cref="InvalidOperationException">It did not export; the message has its last words.</exception>
    public static async Task RunAsync(SiloSetup setup, string package, TimeProvider time, CancellationToken cancellation)
    {
        using var process = Process.Start(setup.Command(["export", package], []))
            ?? throw new InvalidOperationException("export did not start");
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
            await process.WaitForExitAsync(cancellation).WaitAsync(s_patience, time, cancellation);
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException($"export ended with {process.ExitCode}: {(await output + await error).Trim()}");
            }
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
