using GridMesh.Contracts.Storage;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace GridMesh.Gateway.Hosting;

/// <summary>Runs a built process from preparation to stop; what an operator has to act on is one message.</summary>
internal static class Serving
{
    /// <returns>The exit code: 0 after a stop in order, 1 when it could not start.</returns>
    public static async Task<int> RunAsync(WebApplication app, Func<Task> prepare, Action<Uri> started)
    {
        try
        {
            await prepare();
            app.Lifetime.ApplicationStarted.Register(() => started(AddressOf(app)));
            await app.RunAsync();
            return 0;
        }
        catch (Exception e) when (e is StorageUnavailableException or StorageUnusableException
            or DatabaseTooNewException or IOException)
        {
            await Console.Error.WriteLineAsync($"GridMesh cannot start 无法启动: {e.Message}");
            return 1;
        }
    }

    private static Uri AddressOf(WebApplication app)
    {
        var address =
            app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new Uri(address.Replace("0.0.0.0", "127.0.0.1").Replace("[::]", "127.0.0.1")
            .Replace("*", "127.0.0.1").Replace("+", "127.0.0.1"));
    }
}
