using System.CommandLine;
using GridMesh.Gateway.Plumbing.Hosting;

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
        root.Add(Verb("serve", "Run the product (the default); GridMesh:Cluster says what of it. 运行服务（默认）。",
            ServeVerb.RunAsync));
        root.Add(Verb("check-config", "Say what configuration would be used, and what is wrong with it. 检查配置。",
            CheckConfigVerb.RunAsync));
        root.Add(Verb("migrate", "Bring the database to this program's version. 升级数据库。", MigrateVerb.RunAsync));
        root.Add(VerifyCommand());
        root.Add(AnchorCommand());
        root.Add(ImportCommand());
        root.Add(ExportCommand());
        root.Add(AccountVerbs.Create());
        root.Add(TokenVerbs.Create());
        SettingOptions.AddTo(root);
        root.SetAction((parsed, _) => ServeVerb.RunAsync(SettingOptions.Read(parsed)));
        return root.Parse(args).InvokeAsync(SettingOptions.Invocation);
    }

    private static Command Verb(string name, string description, Func<string[], Task<int>> run)
    {
        var command = new Command(name, description);
        SettingOptions.AddTo(command);
        command.SetAction((parsed, _) => run(SettingOptions.Read(parsed)));
        return command;
    }

    private static Command VerifyCommand()
    {
        const string Description =
            "Check the journal, hash chains, roll-ups and indices; exit 1 on a difference. 校验数据。";
        var json = new Option<bool>("--json") { Description = "The result as one line of JSON. 以 JSON 输出结果。" };
        var anchor = new Option<string?>("--anchor")
        {
            Description = "A file of 'anchor': what it noted has to be there still. 与锚定文件核对。",
        };
        var key = Key();
        var command = new Command("verify", Description) { json, anchor, key };
        SettingOptions.AddTo(command);
        command.SetAction((parsed, _) => VerifyVerb.RunAsync(
            SettingOptions.Read(parsed), parsed.GetValue(json), parsed.GetValue(anchor), parsed.GetValue(key)));
        return command;
    }

    private static Command AnchorCommand()
    {
        const string Description = "Note where the hash chains end, signed, in a file to keep elsewhere. 锚定哈希链。";
        var file = new Argument<string>("file") { Description = "The file to write. 输出文件。" };
        var key = Key();
        var command = new Command("anchor", Description) { file, key };
        SettingOptions.AddTo(command);
        command.SetAction((parsed, _) => AnchorVerb.RunAsync(
            SettingOptions.Read(parsed), parsed.GetValue(file)!, parsed.GetValue(key)));
        return command;
    }

    private static Option<string?> Key() => new("--key")
    {
        Description = "The key's file; made by 'anchor' where there is none. 密钥文件。[<file>.key]",
    };

    private static Command ImportCommand()
    {
        const string Description =
            "Import a directory package (folder or .zip), all or nothing. 导入区域资料包。";
        var file = File();
        var dry = new Option<bool>("--dry-run")
        {
            Description = "Check everything, say what would change, and change nothing. 只检查，不更改。",
        };
        var command = new Command("import", Description) { file, dry };
        SettingOptions.AddTo(command);
        command.SetAction((parsed, _) => ImportVerb.RunAsync(
            SettingOptions.Read(parsed), parsed.GetValue(file)!, parsed.GetValue(dry)));
        return command;
    }

    private static Command ExportCommand()
    {
        const string Description =
            "Export the directory and the journal as a package (folder or .zip). 导出资料包。";
        var file = File();
        var command = new Command("export", Description) { file };
        SettingOptions.AddTo(command);
        command.SetAction((parsed, _) => ExportVerb.RunAsync(SettingOptions.Read(parsed), parsed.GetValue(file)!));
        return command;
    }

    private static Argument<string> File() => new("file") { Description = "A folder or a .zip. 文件夹或 .zip。" };
}
