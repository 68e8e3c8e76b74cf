using GridMesh.Contracts.Storage;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace GridMesh.Gateway.Plumbing.Hosting;

/// <summary>Runs a built process from preparation to stop; what an operator has to act on is one message.</summary>
public static class Serving
{
    /// <summary>Exit code of a process that stopped because a part of it failed.</summary>
    public const int FailedCode = 3;

    /// <returns>
    /// The exit code: 0 after a stop in order, 3 when a part of it failed.
    /// </returns>
    public static async Task<int> RunAsync(WebApplication app, Func<Task> prepare, Action<Uri> started)
    {
        await prepare();
        app.Lifetime.ApplicationStarted.Register(() => started(AddressOf(app)));
        var parts = app.Services.GetServices<IHostedService>().OfType<BackgroundService>().ToArray();
        await app.RunAsync();
        return await FailureOfAsync(parts);
    }

    /// <summary>Runs a verb; what an operator can mend is a sentence and not a stack.</summary>
    /// <param name="words">What begins the sentence.</param>
    public static async Task<int> GuardAsync(Func<Task<int>> run, string words = "")
    {
        try
        {
            return await run();
        }
        catch (Exception e) when (e is StorageUnavailableException or StorageUnusableException
            or DatabaseTooNewException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"{words}{e.Message}");
            return 1;
        }
    }

    /// <summary>
    /// A part that fails stops the host, in order and without a word of it to whoever started the process: whatever
    /// restarts processes has to see that this one did not end by itself.
    /// </summary>
    private static async Task<int> FailureOfAsync(IEnumerable<BackgroundService> parts)
    {
        if (parts.FirstOrDefault(part => part.ExecuteTask is { IsFaulted: true }) is not { } failed)
            return 0;

        await Console.Error.WriteLineAsync(
            $"GridMesh stopped 已停止: {failed.GetType().Name}: {failed.ExecuteTask!.Exception!.InnerException!.Message}");
        return FailedCode;
    }

    private static Uri AddressOf(WebApplication app)
    {
        var address =
            app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new Uri(address.Replace("0.0.0.0", "127.0.0.1").Replace("[::]", "127.0.0.1")
            .Replace("*", "127.0.0.1").Replace("+", "127.0.0.1"));
    }
}
