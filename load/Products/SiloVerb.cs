using System.Diagnostics;

namespace GridMesh.Load.Products;

/// <summary>Runs a verb of the executable to its end, over the data of a product that does not run.</summary>
internal static class SiloVerb
{
    /// <summary>Printed lines that are kept, the last ones.</summary>
    private const int LinesMax = 200;

    /// <summary>How it ended, what it printed, and how long it took.</summary>
    /// <param name="arguments">The verb and what belongs to it.</param>
    /// <param name="onLine">Told each line that it prints.</param>
    /// <exception cref="InvalidOperationException">It did not start.</exception>
    /// <exception cref="TimeoutException">It took longer than <paramref name="patience"/>, and was ended.</exception>
    public static async Task<(int ExitCode, string Output, string Error, TimeSpan Took)> RunAsync(
        SiloSetup setup, IReadOnlyList<string> arguments, TimeSpan patience, TimeProvider time, Action<string> onLine,
        CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        using var process = Process.Start(setup.Command(arguments, []))
            ?? throw new InvalidOperationException($"{arguments[0]} did not start");
        try
        {
            var (output, error) = await ListenAsync(process, onLine, cancellation).WaitAsync(patience, time, cancellation);
            return (process.ExitCode, output, error, time.GetElapsedTime(began));
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    /// <summary>The same for a verb that has to succeed; answers how long it took.</summary>
    /// <exception cref="InvalidOperationException">It did not; the message has its last words.</exception>
    public static async Task<TimeSpan> SucceedAsync(
        SiloSetup setup, IReadOnlyList<string> arguments, TimeSpan patience, TimeProvider time, Action<string> onLine,
        CancellationToken cancellation)
    {
        var (exitCode, _, error, took) = await RunAsync(setup, arguments, patience, time, onLine, cancellation);
        return exitCode == 0 ? took : throw new InvalidOperationException($"{arguments[0]} ended with {exitCode}: {error}");
    }

    private static async Task<(string Output, string Error)> ListenAsync(
        Process process, Action<string> onLine, CancellationToken cancellation)
    {
        var error = process.StandardError.ReadToEndAsync(cancellation);
        var lines = new Queue<string>();
        while (await process.StandardOutput.ReadLineAsync(cancellation) is { } line)
        {
            onLine(line);
            lines.Enqueue(line);
            if (lines.Count > LinesMax)
            {
                lines.Dequeue();
            }
        }

        await process.WaitForExitAsync(cancellation);
        return (string.Join('\n', lines).Trim(), (await error).Trim());
    }
}
