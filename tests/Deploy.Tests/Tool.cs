using System.ComponentModel;
using System.Diagnostics;

namespace GridMesh.Deploy.Tests;

/// <summary>A program of the machine. Where it is missing, the test is skipped and says so.</summary>
internal static class Tool
{
    /// <summary>What the program wrote; a test that it fails fails with what it complained of.</summary>
    public static async Task<string> RunAsync(string name, params string[] arguments)
    {
        var start = new ProcessStartInfo(name, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.Root,
        };
        try
        {
            using var tool = Process.Start(start)!;
            var errors = tool.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var output = await tool.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await tool.WaitForExitAsync(TestContext.Current.CancellationToken);
            tool.ExitCode.ShouldBe(0, output + await errors);
            return output;
        }
        catch (Win32Exception)
        {
            Assert.Skip($"{name} is not installed");
            return string.Empty;
        }
    }
}
