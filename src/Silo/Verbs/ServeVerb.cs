using GridMesh.Demo;
using GridMesh.Gateway.Plumbing.Hosting;
using GridMesh.Silo.Hosting;
using GridMesh.Storage;

namespace GridMesh.Silo.Verbs;

internal static class ServeVerb
{
    private const string CannotStart = "GridMesh cannot start 无法启动: ";

    public static Task<int> RunAsync(string[] settings) =>
        Serving.GuardAsync(() => ServeAsync(settings), CannotStart);

    private static async Task<int> ServeAsync(string[] settings)
    {
        var builder = MeshBuilder.Create(settings);
        var (options, problems) = MeshOptions.Read(builder.Configuration, builder.Environment.IsDevelopment());
        if (!MeshBuilder.IsFit(problems))
            return 2;

        builder.AddMesh(options);
        await using var app = builder.Build();
        app.MapMesh(options);
        return await Serving.RunAsync(app, () => app.PrepareAsync(options), address => Greet(app, options, address));
    }

    /// <summary>Where the data are, and with several processes what this one is of them.</summary>
    private static string WhereOf(MeshOptions options) => options.Cluster.Mode == ClusterMode.Local
        ? $"{options.Storage.Kind}{(options.Storage.Kind == StorageKind.Sqlite ? $", {options.DataFolder}" : null)}"
        : $"{options.Storage.Kind}, cluster {options.Cluster.ClusterId}, {options.Cluster.Role}";

    private static string WayIn(MeshOptions options) => options.OpenId.IsOn
        ? "经统一身份认证登录 / sign in at the issuer"
        : options.Auth.Authority is null ? "用账号或令牌登录 / sign in with an account or a token"
        : "用令牌登录 / sign in with a token";

    private static void Greet(WebApplication app, MeshOptions options, Uri address)
    {
        Console.WriteLine($"GridMesh  {address}  (Orleans, {WhereOf(options)})");
        Console.WriteLine(
            !options.Cluster.HasGateway ? "  没有网关的节点，只有健康检查和指标 / a silo without a gateway: health and metrics only"
            : app.Environment.IsDevelopment() && options.Auth.Authority is null
                ? $"  大屏 wall: {address}  选择演示用户登录 / choose a demo user to sign in"
                : $"  大屏 wall: {address}  {WayIn(options)}");
        Console.WriteLine("  Ctrl+C 停止 / stops in order");
        if (options.Demo.Enabled)
        {
            // The traffic uses the public API, so it has to know where they are.
            app.Services.GetRequiredService<DemoOptions>().ServedAt(address);
        }
    }
}
