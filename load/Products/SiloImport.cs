using System.Diagnostics;

namespace GridMesh.Load.Products;

/// <summary>Runs the executable's <c>import</c> of a package.</summary>
internal static class SiloImport
{
    private static readonly TimeSpan s_patience = TimeSpan.FromHours(2);

    /// <summary>How long it took.</summary>
    /// <param name="onLine">Told each line that it prints.</param>
    /// <exception cref="InvalidOperationException">It did not import; the message has its last words.</exception>
    public static async Task<TimeSpan> RunAsync(
        SiloSetup setup, string package, TimeProvider time, Action<string> onLine, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        using var process = Process.Start(setup.Command(["import", package], []))
            ?? throw new InvalidOperationException("import did not start");
        try
        {
            var error = process.StandardError.ReadToEndAsync(cancellation);
            while (await process.StandardOutput.ReadLineAsync(cancellation) is { } line)
            {
                onLine(line);
            }

            await process.WaitForExitAsync(cancellation).WaitAsync(s_patience, time, cancellation);
            return process.ExitCode == 0
                ? time.GetElapsedTime(began)
                : throw new InvalidOperationException($"import ended with {process.ExitCode}: {(await error).Trim()}");
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
