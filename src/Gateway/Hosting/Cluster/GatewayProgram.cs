using System.CommandLine;

namespace GridMesh.Gateway.Hosting.Cluster;

/// <summary>The gateway alone: doors and walls in front of a cluster of silos.</summary>
internal static class GatewayProgram
{
    public static Task<int> Main(string[] args)
    {
        var root = new RootCommand(
            "GridMesh gateway: HTTP, SignalR and the wall in front of the silos. 网关：连接 Orleans 集群，提供接口和大屏。");
        SettingOptions.AddTo(root);
        root.SetAction((parsed, _) => RunAsync(SettingOptions.Read(parsed)));
        return root.Parse(args).InvokeAsync(SettingOptions.Invocation);
    }

    private static async Task<int> RunAsync(string[] settings)
    {
        var builder = MeshBuilder.Create(settings);
        var (options, problems) = GatewayOptions.Read(builder.Configuration, builder.Environment.IsDevelopment());
        if (!MeshBuilder.IsFit(problems))
        {
            return 2;
        }

        builder.AddMeshClient(options);
        await using var app = builder.Build();
        app.MapMeshGateway();
        return await Serving.RunAsync(app, app.PrepareClientAsync, address =>
        {
            Console.WriteLine($"GridMesh gateway  {address}  (cluster {options.Cluster.ClusterId})");
            Console.WriteLine($"  大屏 wall: {address}");
            Console.WriteLine("  Ctrl+C 停止 / stops in order");
        });
    }
}
