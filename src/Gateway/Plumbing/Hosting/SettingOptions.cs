using System.CommandLine;

namespace GridMesh.Gateway.Plumbing.Hosting;

/// <summary>The options that every command of every executable takes, as configuration arguments.</summary>
public static class SettingOptions
{
    /// <summary>
    /// Signals are the host's (<see cref="DrainLifetime"/>): by default the command line would cut a stop off after two
    /// seconds, in the middle of its drain, and end the process with 143.
    /// </summary>
    public static InvocationConfiguration Invocation => new() { ProcessTerminationTimeout = null };

    public static void AddTo(Command command)
    {
        command.Add(
            new Option<string?>("--urls") { Description = "Addresses to listen on. 监听地址。[http://127.0.0.1:5080]" });
        command.Add(new Option<string?>("--environment") { Description = "Development, Staging or Production. 运行环境。" });
        command.Add(new Option<string?>("--data") { Description = "Data folder (GridMesh:Data). 数据目录。[./data]" });
        command.Add(new Option<string[]>("--set")
        {
            Description = "Any setting, as GridMesh:Demo:Speed=20; may be repeated. 任意配置项。",
        });
    }

    public static string[] Read(ParseResult parsed)
    {
        var settings = new List<string>();
        void Take(string option, string key)
        {
            if (parsed.GetValue<string?>(option) is { } value)
                settings.Add($"--{key}={value}");
        }

        Take("--urls", "urls");
        Take("--environment", "environment");
        Take("--data", "GridMesh:Data");
        settings.AddRange((parsed.GetValue<string[]>("--set") ?? []).Select(setting => $"--{setting}"));
        return [.. settings];
    }
}
