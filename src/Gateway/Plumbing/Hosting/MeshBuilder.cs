using GridMesh.Gateway.Plumbing.Pipeline;

namespace GridMesh.Gateway.Plumbing.Hosting;

/// <summary>What every executable begins with: the configuration, and one message with all that is wrong.</summary>
public static class MeshBuilder
{
    public const string DefaultUrl = "http://127.0.0.1:5080";

    /// <summary>A builder with the defaults of GridMesh underneath files, environment and arguments.</summary>
    public static WebApplicationBuilder Create(string[] settings)
    {
        // Nothing here changes with a file while the process runs, and a watcher of the content root would be woken by
        // every write to the data folder in it.
        var builder = WebApplication.CreateBuilder(["--hostBuilder:reloadConfigOnChange=false", .. settings]);
        if (string.IsNullOrEmpty(builder.Configuration["urls"]))
            builder.Configuration["urls"] = DefaultUrl;

        // A folder that is not there is told with all the other problems.
        if (builder.Configuration["GridMesh:Secrets"] is { Length: > 0 } secrets && System.IO.Directory.Exists(secrets))
            builder.Configuration.AddKeyPerFile(Path.GetFullPath(secrets));

        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);

        // Its scope and its activity would be made for every request, and what it says, FaultHandler says too.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        builder.Logging.AddFilter("System.Net.Http", LogLevel.Warning);
        return builder;
    }

    /// <summary>Says every problem in one message; false when there is one.</summary>
    public static bool IsFit(IReadOnlyCollection<string> problems)
    {
        if (problems.Count > 0)
        {
            Console.Error.WriteLine("GridMesh cannot start: the configuration is wrong. 配置有误，无法启动：");
            foreach (var problem in problems)
                Console.Error.WriteLine($"  - {problem}");
        }

        return problems.Count == 0;
    }
}
