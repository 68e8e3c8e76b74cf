using GridMesh.Contracts.Storage;
using GridMesh.Demo;
using GridMesh.Gateway;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace GridMesh.Silo.Verbs;

internal static class ServeVerb
{
    public static async Task<int> RunAsync(string[] settings)
    {
        var builder = MeshBuilder.Create(settings);
        if (!MeshBuilder.TryRead(builder, out var options))
        {
            return 2;
        }

        builder.AddMesh(options);
        await using var app = builder.Build();
        try
        {
            await app.PrepareAsync(options);
        }
        catch (Exception e) when (e is StorageUnavailableException or StorageUnusableException
            or DatabaseTooNewException or IOException)
        {
            await Console.Error.WriteLineAsync($"GridMesh cannot start 无法启动: {e.Message}");
            return 1;
        }

        app.MapMeshGateway();
        app.Lifetime.ApplicationStarted.Register(() => Greet(app, options));
        if (options.Demo.Enabled)
        {
            // The traffic uses the public doors, so it has to know where they are.
            app.Lifetime.ApplicationStarted.Register(() =>
                app.Services.GetRequiredService<DemoOptions>().BaseUrl = AddressOf(app));
        }

        try
        {
            await app.RunAsync();
            return 0;
        }
        catch (IOException e)
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

    private static void Greet(WebApplication app, MeshOptions options)
    {
        var address = AddressOf(app);
        Console.WriteLine($"GridMesh  {address}  ({options.Storage.Kind}, {options.DataFolder})");
        Console.WriteLine(app.Environment.IsDevelopment()
            ? $"  大屏 wall: {address}  选择演示用户登录 / choose a demo user to sign in"
            : $"  大屏 wall: {address}  用令牌登录 / sign in with a token");
        Console.WriteLine("  Ctrl+C 停止 / stops in order");
    }
}
