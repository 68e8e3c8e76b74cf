using System.ComponentModel.DataAnnotations;
using GridMesh.Contracts.Access;
using GridMesh.Contracts.Storage;
using GridMesh.Gateway.Plumbing.Access;
using GridMesh.Gateway.Plumbing.Answers;
using GridMesh.Gateway.Plumbing.Descriptions;
using GridMesh.Gateway.Plumbing.Problems;

namespace GridMesh.Gateway.Accounts;

/// <summary>Signing in by an account of our own: where an issuer signs tokens, that is its matter.</summary>
internal static class AccountEndpoints
{
    public const string Cookie = "gridmesh_session";

    private const string Path = "/auth";
    private const int SessionIdMax = 32;

    public static void MapAccounts(this IEndpointRouteBuilder app)
    {
        var accounts = app.MapGroup(Path).Tagged(ApiTags.SignIn);
        accounts.MapPost("sign-in", SignInAsync).AllowAnonymous()
            .Describe("signIn", "A token by name and password", "用账号登录")
            .Produces<SignInAnswer>().Refuses(ProblemCode.SignInRefused, ProblemCode.PasswordHasToBeChanged);
        accounts.MapPost("refresh", RefreshAsync).AllowAnonymous()
            .Describe("refreshToken", "The next token of a session", "续领令牌")
            .Produces<SignInAnswer>().Refuses(ProblemCode.SignInRefused);
        accounts.MapPost("sign-out", SignOutAsync).AllowAnonymous()
            .Describe("signOut", "Ends a session, and its tokens at once", "退出登录")
            .Produces(StatusCodes.Status204NoContent);
        accounts.MapPost("password", ChangePasswordAsync).AllowAnonymous()
            .Describe("changePassword", "Another password; all sessions end", "修改密码")
            .Produces(StatusCodes.Status204NoContent).Refuses(ProblemCode.SignInRefused);
    }

    /// <summary>However somebody has signed in.</summary>
    public static void MapMe(this IEndpointRouteBuilder app)
    {
        var mine = app.MapGroup(Path).Tagged(ApiTags.SignIn);
        mine.MapGet("me", Me).Describe("whoAmI", "Who the token says one is", "当前身份").Produces<MeAnswer>();
        mine.MapGet("sessions", ListSessionsAsync)
            .Describe("listSessions", "Where one is signed in, the latest first", "本人的登录会话，最近的在前")
            .Produces<Page<SessionItem>>();
        mine.MapDelete("sessions/{id}", EndSessionAsync)
            .Describe("endSession", "Ends one of one's own sessions, and its tokens at once", "结束本人的某个登录会话")
            .Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> SignInAsync(
        SignInBody body, HttpContext context, SignInLimits limits, AccountCheck check, SignInService service)
    {
        if (Read(body.Name, body.Password, body.Code, false, context, limits, out var given) is { } refusal)
            return refusal;

        var cancellation = context.RequestAborted;
        return await check.CheckAsync(given, cancellation) is not { } account ? Refused
            : account.MustChange ? Problem.Of(ProblemCode.PasswordHasToBeChanged)
            : await service.BeginAsync(account, given.Address, cancellation) is { } signedIn ? Answer(context, signedIn)
            : Refused;
    }

    private static async Task<IResult> RefreshAsync(HttpContext context, SignInService service)
    {
        if (await service.RenewAsync(context.Request.Cookies[Cookie], AddressOf(context), context.RequestAborted)
            is { } signedIn)
        {
            return Answer(context, signedIn);
        }

        context.Response.Cookies.Delete(Cookie, CookieFor(context));
        return Refused;
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, SignInService service)
    {
        await service.SignOutAsync(
            context.Request.Cookies[Cookie], CurrentActor.Find(context)?.Token?.Session, context.RequestAborted);
        context.Response.Cookies.Delete(Cookie, CookieFor(context));
        return Results.NoContent();
    }

    private static async Task<IResult> ChangePasswordAsync(
        PasswordBody body, HttpContext context, SignInLimits limits, AccountCheck check, AccountChanges changes,
        SignInLog log)
    {
        if (Read(body.Name, body.Password, body.Code, true, context, limits, out var given) is { } refusal)
            return refusal;

        var problem = Passwords.Problem(body.NewPassword ?? "", given.Name)
            ?? (body.NewPassword == given.Password ? "is the old one" : null);
        if (problem is not null)
            return new Check().That(false, "newPassword", problem).Problem;

        if (await check.CheckAsync(given, context.RequestAborted) is not { } account
            || !await changes.SetPasswordAsync(account, body.NewPassword!, mustChange: false, context.RequestAborted))
        {
            return Refused;
        }

        log.PasswordChanged(account.Name, given.Address);
        return Results.NoContent();
    }

    private static IResult Me(CurrentActor me) => Results.Ok(new MeAnswer(
        me.Actor.Sub, me.Actor.Name, me.Actor.Role, me.Actor.Area, me.Actor.Worker, me.Actor.Lines,
        me.Token?.EndsAt ?? default));

    private static async Task<IResult> ListSessionsAsync(
        CurrentActor me, IAccountStore accounts, CancellationToken cancellation) =>
        Results.Ok(new Page<SessionItem>([
            .. (await MineAsync(me, accounts, cancellation)).Select(one => new SessionItem(
                one.Id, one.CreatedAt, one.RenewedAt, one.EndsAt, one.From, one.Id == me.Token?.Session)),
        ]));

    /// <summary>One that is somebody else's, or none, is answered like one that has ended.</summary>
    private static async Task<IResult> EndSessionAsync(
        [MaxLength(SessionIdMax)] string id, CurrentActor me, IAccountStore accounts, SignInService service,
        CancellationToken cancellation)
    {
        if ((await MineAsync(me, accounts, cancellation)).Any(one => one.Id == id))
            await service.SignOutAsync(null, id, cancellation);

        return Results.NoContent();
    }

    /// <summary>None where the token is of no session: a device's, another system's.</summary>
    private static async Task<IReadOnlyList<AccountSession>> MineAsync(
        CurrentActor me, IAccountStore accounts, CancellationToken cancellation) =>
        me.Token?.Session is { } id && await accounts.FindSessionAsync(id, cancellation) is { } session
            ? await accounts.ListSessionsAsync(session.Account, cancellation)
            : [];

    /// <summary>One answer to all that is wrong: neither which names there are nor which half was right.</summary>
    private static IResult Refused => Problem.Of(
        ProblemCode.SignInRefused,
        "Name, password or code is wrong, or it was tried too often: then wait some minutes.");

    private static IResult? Read(
        string? name, string? password, string? code, bool changes, HttpContext context, SignInLimits limits,
        out Credentials given)
    {
        given = new Credentials(name?.ToLowerInvariant() ?? "", password ?? "", code, AddressOf(context), changes);
        var check = new Check()
            .That(AccountChanges.IsName(given.Name), "name", AccountChanges.NameWords)
            .That(given.Password.Length > 0, "password", "is required");
        return check.Failed ? check.Problem
            : limits.TryTake(context) ? null
            : Problem.Of(ProblemCode.TooManyRequests);
    }

    private static IResult Answer(HttpContext context, SignedIn signedIn)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (signedIn.Cookie is { } cookie)
        {
            var options = CookieFor(context);
            options.Expires = signedIn.SessionEndsAt;
            context.Response.Cookies.Append(Cookie, cookie, options);
        }

        var actor = signedIn.Account.Actor;
        return Results.Ok(new SignInAnswer(
            signedIn.Token.Text, signedIn.Token.ExpiresAt, signedIn.SessionEndsAt, actor.Name, actor.Role, actor.Area));
    }

    /// <summary>No script reads it, no other site sends it, and only these endpoints get it.</summary>
    private static CookieOptions CookieFor(HttpContext context) => new()
    {
        HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, Path = Path,
    };

    private static string AddressOf(HttpContext context) => $"{context.Connection.RemoteIpAddress}";
}
