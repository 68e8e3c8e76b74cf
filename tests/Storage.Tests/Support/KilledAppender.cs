using System.Diagnostics;
using GridMesh.Contracts.Json;
using GridMesh.Contracts.Storage;

namespace GridMesh.Storage.Tests.Support;

/// <summary>
/// The test program in another role: started with a variable in its environment it runs no tests, but appends until it
/// is killed and prints the id of each command that was acknowledged.
/// </summary>
internal static class KilledAppender
{
    private const string Variable = "GRIDMESH_TEST_APPENDER";
    private const int Callers = 32;
    private const int AppendsMax = 100_000;

    public static ProcessStartInfo Command(StorageOptions options) => new(Environment.ProcessPath!)
    {
        UseShellExecute = false,
        RedirectStandardOutput = true,
        Environment = { [Variable] = $"{options.Kind}|{options.DataFolder}|{options.ConnectionString}" },
    };

    /// <summary>What to append to, when this process is the one to be killed; else null.</summary>
    public static string[]? Asked => Environment.GetEnvironmentVariable(Variable)?.Split('|');

    public static async Task RunAsync(string[] words)
    {
        await using var store = new Store(
            options =>
            {
                options.Kind = EnumName.Parse<StorageKind>(words[0]);
                options.DataFolder = words[1];
                options.ConnectionString = words[2];
            },
            TimeProvider.System);
        var output = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => AppendAsync(store, output, caller)));
    }

    private static async Task AppendAsync(Store store, TextWriter output, int caller)
    {
        for (var i = 0; i < AppendsMax; i++)
        {
            var append = Samples.Append($"killed-{caller}", i, row: Samples.Case(caller + 1, i + 1));
            if ((await store.Journal.AppendAsync(append)).Result == AppendResult.Appended)
                output.WriteLine(append.CommandId);
        }
    }
}
