using System.Diagnostics;
using System.Globalization;

namespace GridMesh.Simulation.Tests.Faults;

/// <summary>
/// <c>./dev sim --seeds N [--from S] [--steps]</c>: any number of seeds, and what went wrong with each that fails.
/// </summary>
internal static class SeedRunner
{
    public static async Task<int> RunAsync(string[] args, TextWriter output)
    {
        var (seeds, from) = (Option(args, "--seeds", 1_000), Option(args, "--from", 1));
        var (watch, failed) = (Stopwatch.StartNew(), new List<int>());
        for (var seed = from; seed < from + seeds; seed++)
        {
            try
            {
                await new FaultRun(seed, steps: args.Contains("--steps")).RunAsync();
            }
            catch (Exception e)
            {
                failed.Add(seed);
                await output.WriteLineAsync($"{e.Message}\n");
            }

            if ((seed - from + 1) % 100 == 0 || seed == from + seeds - 1)
            {
                await output.WriteLineAsync(
                    $"{seed - from + 1} of {seeds} seeds in {watch.Elapsed.TotalSeconds:F1} s, {failed.Count} failed: {string.Join(' ', failed)}");
            }
        }

        return failed.Count == 0 ? 0 : 1;
    }

    private static int Option(string[] args, string name, int otherwise) =>
        Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length
            ? int.Parse(args[at + 1], CultureInfo.InvariantCulture)
            : otherwise;
}
