using System.CommandLine;
using GridMesh.Contracts.Access;
using GridMesh.Gateway.Plumbing.Access;
using GridMesh.Gateway.Plumbing.Hosting;

namespace GridMesh.Silo.Verbs;

/// <summary>
/// <c>tokens issue|list|revoke</c>: tokens of devices and other systems, kept by what they are alone.
/// </summary>
internal static class TokenVerbs
{
    private const int DaysMax = 3_660;

    public static Command Create() => new("tokens", "Tokens of devices and other systems. 设备与系统令牌。")
    {
        Issue(), List(), Revoke(),
    };

    private static Command Issue()
    {
        var name = new Option<string>("--name")
        {
            Description = "Who gets it; stands in what it does. 名称。", Required = true,
        };
        var days = new Option<int>("--days") { Description = "Days that it lives. 有效天数。", Required = true };
        var bearer = new BearerOptions();
        var command = new Command("issue", "Print a new token, once. 签发令牌（仅显示一次）。") { name, days };
        bearer.AddTo(command);
        SettingOptions.AddTo(command);
        command.SetAction((parsed, _) =>
        {
            var isWell = AccessVerb.Check(
                parsed.GetValue(days) is >= 1 and <= DaysMax, $"--days is 1-{DaysMax}");
            isWell &= AccessVerb.Check(
                parsed.GetValue(name) is { Length: > 0 and <= IssuedToken.NameMax },
                $"--name has 1-{IssuedToken.NameMax} characters");
            return bearer.Read(parsed) is { } whom && isWell
                ? AccessVerb.RunAsync(
                    SettingOptions.Read(parsed),
                    services => IssueAsync(services, parsed.GetValue(name)!, whom, parsed.GetValue(days)))
                : Task.FromResult(1);
        });
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "The tokens that live. 列出有效令牌。");
        SettingOptions.AddTo(command);
        command.SetAction((parsed, _) => AccessVerb.RunAsync(SettingOptions.Read(parsed), ListAsync));
        return command;
    }

    private static Command Revoke()
    {
        var id = new Argument<string>("jti") { Description = "As 'tokens list' tells it. 令牌编号。" };
        var command = new Command("revoke", "Call a token back, in force within a second. 吊销令牌，一秒内生效。") { id };
        SettingOptions.AddTo(command);
        command.SetAction((parsed, _) => AccessVerb.RunAsync(
            SettingOptions.Read(parsed), services => RevokeAsync(services, parsed.GetValue(id)!)));
        return command;
    }

    private static async Task<int> IssueAsync(IServiceProvider services, string name, Bearer whom, int days)
    {
        var tokens = services.GetRequiredService<TokenAdmin>();
        if (!tokens.CanIssue)
        {
            return await AccessVerb.RefuseAsync(
                $"{AuthOptions.Section}:SigningKey is not set: where an issuer signs, it issues. 未设签名密钥。");
        }

        if (await tokens.IssueAsync(
            new Actor(name, name, whom.Role, whom.Area, whom.Worker, whom.Lines), TimeSpan.FromDays(days))
            is not { } issued)
        {
            return await AccessVerb.RefuseAsync($"There are {IssuedToken.CountMax} tokens already. 令牌数已达上限。");
        }

        // The token is all of the output, so that it can go where it is needed without being seen.
        await Console.Error.WriteLineAsync($"jti {issued.Id}, until 有效期至 {issued.EndsAt:u}");
        Console.WriteLine(issued.Token);
        return 0;
    }

    private static async Task<int> ListAsync(IServiceProvider services)
    {
        foreach (var token in await services.GetRequiredService<TokenAdmin>().ListAsync())
        {
            Console.WriteLine(
                $"{token.Id}  {token.Name}  {token.Role} {token.Area} {string.Join(',', token.Lines)}"
                + $"  {token.IssuedAt:u} - {token.EndsAt:u}");
        }

        return 0;
    }

    private static async Task<int> RevokeAsync(IServiceProvider services, string id)
    {
        var known = await services.GetRequiredService<TokenAdmin>().RevokeAsync(id);
        Console.WriteLine(known is null
            ? $"{id} is revoked; it was not issued here. 已吊销（非本系统签发）。"
            : $"{id} ({known.Name}) is revoked. 已吊销。");
        return 0;
    }
}
