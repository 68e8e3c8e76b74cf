using GridMesh.Demo;
using GridMesh.Gateway.Hosting;
using GridMesh.Silo.Hosting;

namespace GridMesh.Silo.Verbs;

internal static class ServeVerb
{
    public static async Task<int> RunAsync(string[] settings)
    {
        var builder = MeshBuilder.Create(settings);
        var (options, problems) = MeshOptions.Read(builder.Configuration, builder.Environment.IsDevelopment());
        if (!MeshBuilder.IsFit(problems))
        {
            return 2;
        }

        builder.AddMesh(options);
        await using var app = builder.Build();
        app.MapMesh(options);
        return await Serving.RunAsync(app, () => app.PrepareAsync(options), address => Greet(app, options, address));
    }

    private static void Greet(WebApplication app, MeshOptions options, Uri address)
    {
        Console.WriteLine($"GridMesh  {address}  ({EngineHosting.Name}, {options.Storage.Kind}, {options.DataFolder})");
        Console.WriteLine(
            !options.Doors.Enabled ? "  没有网关的节点，只有健康检查和指标 / a silo without a gateway: health and metrics only"
            : app.Environment.IsDevelopment()
                ? $"  大屏 wall: {address}  选择演示用户登录 / choose a demo user to sign in"
                : $"  大屏 wall: {address}  用令牌登录 / sign in with a token");
        Console.WriteLine("  Ctrl+C 停止 / stops in order");
        if (options.Demo.Enabled)
        {
            // The traffic uses the public doors, so it has to know where they are.
            app.Services.GetRequiredService<DemoOptions>().BaseUrl = address;
        }
    }
}
