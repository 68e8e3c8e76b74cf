using System.CommandLine;
using GridMesh.Contracts.Access;
using GridMesh.Contracts.Storage;
using GridMesh.Gateway.Accounts;
using GridMesh.Gateway.Plumbing.Hosting;

namespace GridMesh.Silo.Verbs;

/// <summary>
/// <c>accounts add|list|disable|reset|sessions</c>: people who sign in here, where no issuer does it.
/// </summary>
internal static class AccountVerbs
{
    public static Command Create() => new("accounts", "Accounts of people who sign in here. 本地账号。")
    {
        Add(), Verb("list", "All accounts. 列出账号。", ListAsync),
        Named("disable", "Shut an account out within a second. 停用账号，一秒内生效。", DisableAsync), Reset(), Sessions(),
    };

    private static Command Add()
    {
        var name = Name();
        var title = new Option<string?>("--title") { Description = "What others read; the name otherwise. 显示名。" };
        var code = Code();
        var bearer = new BearerOptions();
        var command = new Command("add", "A new account; prints its first password, once. 新建账号。") { name, title, code };
        bearer.AddTo(command);
        SettingOptions.AddTo(command);
        command.SetAction((parsed, _) =>
        {
            var given = parsed.GetValue(name)!;
            var shown = parsed.GetValue(title) ?? given;
            var isWell = AccessVerb.Check(
                AccountAdmin.NameProblem(given) is null, $"name {AccountAdmin.NameProblem(given)}");
            isWell &= AccessVerb.Check(
                shown is { Length: > 0 and <= Account.TitleMax }, $"--title has 1-{Account.TitleMax} characters");
            return bearer.Read(parsed) is { } whom && isWell
                ? AccessVerb.RunAsync(
                    SettingOptions.Read(parsed),
                    services => AddAsync(services, given, shown, whom, parsed.GetValue(code)))
                : Task.FromResult(1);
        });
        return command;
    }

    private static Command Reset()
    {
        var (name, code) = (Name(), Code());
        var command = new Command(
            "reset", "A new first password, which opens a locked or disabled account again. 重置密码并解锁。") { name, code };
        SettingOptions.AddTo(command);
        command.SetAction((parsed, _) => AccessVerb.RunAsync(
            SettingOptions.Read(parsed),
            services => ResetAsync(services, parsed.GetValue(name)!, parsed.GetValue(code))));
        return command;
    }

    private static Command Sessions()
    {
        var name = Name();
        var end = new Option<bool>("--end") { Description = "End them all, within a second. 全部结束。" };
        var command = new Command("sessions", "Where an account is signed in. 登录会话。") { name, end };
        SettingOptions.AddTo(command);
        command.SetAction((parsed, _) => AccessVerb.RunAsync(
            SettingOptions.Read(parsed),
            services => SessionsAsync(services, parsed.GetValue(name)!, parsed.GetValue(end))));
        return command;
    }

    private static Argument<string> Name() => new("name") { Description = "What is signed in with. 登录名。" };

    private static Option<bool> Code() => new("--code")
    {
        Description = "A second factor: prints what an app of one-time codes takes, once. 启用动态口令。",
    };

    private static Command Verb(string name, string description, Func<IServiceProvider, Task<int>> run)
    {
        var command = new Command(name, description);
        SettingOptions.AddTo(command);
        command.SetAction((parsed, _) => AccessVerb.RunAsync(SettingOptions.Read(parsed), run));
        return command;
    }

    private static Command Named(string verb, string description, Func<IServiceProvider, string, Task<int>> run)
    {
        var name = Name();
        var command = new Command(verb, description) { name };
        SettingOptions.AddTo(command);
        command.SetAction((parsed, _) => AccessVerb.RunAsync(
            SettingOptions.Read(parsed), services => run(services, parsed.GetValue(name)!)));
        return command;
    }

    private static async Task<int> AddAsync(
        IServiceProvider services, string name, string title, Bearer whom, bool withCode)
    {
        var account = new Account(
            name, title, whom.Role, whom.Area, whom.Worker, whom.Lines, "", MustChange: true,
            services.GetRequiredService<TimeProvider>().GetUtcNow());
        return await services.GetRequiredService<AccountAdmin>().AddAsync(account, withCode) is { } first
            ? Tell(name, first)
            : await AccessVerb.RefuseAsync(
                $"'{name}' is taken, or there are {Account.CountMax} accounts. 名称已占用或账号数已达上限。");
    }

    private static async Task<int> ResetAsync(IServiceProvider services, string name, bool withCode) =>
        await services.GetRequiredService<AccountAdmin>().ResetAsync(name, withCode) is { } first
            ? Tell(name, first)
            : await NobodyAsync(name);

    private static async Task<int> ListAsync(IServiceProvider services)
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        foreach (var account in await services.GetRequiredService<IAccountStore>().ListAsync())
        {
            var state = account.IsDisabled ? "disabled 已停用"
                : account.LockedUntil > now ? $"locked until 锁定至 {account.LockedUntil:u}"
                : account.MustChange ? "first password 初始密码"
                : "open 正常";
            Console.WriteLine(
                $"{account.Name}  {account.Title}  {account.Role} {account.Area} {string.Join(',', account.Lines)}"
                + $" {account.Worker}  {state}{(account.CodeSecret is null ? "" : ", code 动态口令")}");
        }

        return 0;
    }

    private static async Task<int> DisableAsync(IServiceProvider services, string name)
    {
        if (!await services.GetRequiredService<AccountAdmin>().DisableAsync(name))
            return await NobodyAsync(name);

        Console.WriteLine($"{name} is disabled. 已停用。");
        return 0;
    }

    private static async Task<int> SessionsAsync(IServiceProvider services, string name, bool end)
    {
        var admin = services.GetRequiredService<AccountAdmin>();
        var sessions = await admin.SessionsAsync(name);
        foreach (var session in sessions)
            Console.WriteLine($"{session.Id}  {session.From}  {session.CreatedAt:u} - {session.EndsAt:u}");

        if (end)
        {
            await admin.EndSessionsAsync(name);
            Console.WriteLine($"{sessions.Count} ended 已结束");
        }

        return 0;
    }

    private static int Tell(string name, FirstPassword first)
    {
        Console.WriteLine($"{name}: first password 初始密码 {first.Password}");
        if (first.Code is not null)
            Console.WriteLine($"code 动态口令 {first.Code}  {first.CodeLink}");

        return 0;
    }

    private static Task<int> NobodyAsync(string name) =>
        AccessVerb.RefuseAsync($"There is no account '{name}'. 无此账号。");
}
