using System.CommandLine;

namespace GridMesh.Silo.Verbs;

/// <summary>The verbs of the executable. Without one it serves.</summary>
internal static class CommandLine
{
    public static Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("GridMesh: a district's grids, cases and people, live. 网格化治理实时平台。")
        {
            TreatUnmatchedTokensAsErrors = true,
        };
        var serve = Verb("serve", "Run the silo and its gateway (the default). 运行服务（默认）。", ServeVerb.RunAsync);
        root.Add(serve);
        root.Add(Verb("check-config", "Say what configuration would be used, and what is wrong with it. 检查配置。",
            CheckConfigVerb.RunAsync));
        root.Add(Verb("migrate", "Bring the database to this program's version. 升级数据库。", MigrateVerb.RunAsync));
        root.Add(Verb("verify", "Check the journal, its hash chain and the roll-ups; exit 1 on a difference. 校验数据。",
            VerifyVerb.RunAsync));
        root.Add(FileVerb(
            "import", "Import a directory package (folder or .zip), all or nothing. 导入区域资料包。", FileVerbs.ImportAsync));
        root.Add(FileVerb("export", "Export the directory and the journal as a package (folder or .zip). 导出资料包。",
            FileVerbs.ExportAsync));
        Options(root);
        root.SetAction((parsed, _) => ServeVerb.RunAsync(ConfigurationOf(parsed)));
        return root.Parse(args).InvokeAsync();
    }

    private static Command Verb(string name, string description, Func<string[], Task<int>> run)
    {
        var command = new Command(name, description);
        Options(command);
        command.SetAction((parsed, _) => run(ConfigurationOf(parsed)));
        return command;
    }

    private static Command FileVerb(string name, string description, Func<string[], string, Task<int>> run)
    {
        var file = new Argument<string>("file") { Description = "A folder or a .zip. 文件夹或 .zip。" };
        var command = new Command(name, description) { file };
        Options(command);
        command.SetAction((parsed, _) => run(ConfigurationOf(parsed), parsed.GetValue(file)!));
        return command;
    }

    private static void Options(Command command)
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

    /// <summary>The options as arguments of the configuration system.</summary>
    private static string[] ConfigurationOf(ParseResult parsed)
    {
        var settings = new List<string>();
        void Take(string option, string key)
        {
            if (parsed.GetValue<string?>(option) is { } value)
            {
                settings.Add($"--{key}={value}");
            }
        }

        Take("--urls", "urls");
        Take("--environment", "environment");
        Take("--data", "GridMesh:Data");
        settings.AddRange((parsed.GetValue<string[]>("--set") ?? []).Select(setting => $"--{setting}"));
        return [.. settings];
    }
}
