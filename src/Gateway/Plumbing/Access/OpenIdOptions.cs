using System.Diagnostics.CodeAnalysis;
using GridMesh.Contracts.Settings;

namespace GridMesh.Gateway.Plumbing.Access;

[Setting(
    "How people sign in by a browser at the OpenID Connect issuer that `GridMesh:Auth:Authority` names: what it knows "
        + "this product as, and which of its claims say who somebody is here. See [operating](operating.md#an-issuer).",
    "人员如何经浏览器在 `GridMesh:Auth:Authority` 所指的 OpenID Connect 签发方登录：本系统在其处的登记，以及以哪些声明确定身份。"
        + "见[运维](operating.zh-CN.md#统一身份认证)。")]
public sealed class OpenIdOptions
{
    public const string Section = "GridMesh:OpenId";

    /// <summary>Most values of the role claim that mean something.</summary>
    public const int RolesMax = 1_000;

    [Setting(
        "What the issuer knows this product as; with it the wall signs people in there.",
        "本系统在签发方登记的客户端标识；设置后大屏经其登录。")]
    public string? ClientId { get; set; }

    [Setting(
        "Secret of that client; not set: a public one, with PKCE alone.", "客户端密钥；未设即为仅凭 PKCE 的公开客户端。",
        IsSecret = true)]
    public string? ClientSecret { get; set; }

    [Setting(
        "What people call the issuer: it stands on the button of the sign-in page.", "签发方名称，显示在登录页按钮上。")]
    public string? Title { get; set; }

    [Setting(
        "Scopes asked for, with a blank between them; `openid` among them. Some issuers give refresh tokens for "
            + "`offline_access` only.",
        "请求的范围，以空格分隔，须含 `openid`。有的签发方只在请求 `offline_access` 时给出刷新令牌。")]
    public string Scopes { get; set; } = "openid profile";

    [Setting("Claim with the name that others read.", "姓名所在的声明。")]
    public string NameClaim { get; set; } = MeshClaims.Name;

    [Setting(
        "Claim with the role; with `Roles` any, such as `groups`, otherwise one exact name of a role.",
        "角色所在的声明；设有 `Roles` 时可为任意声明（如 `groups`），否则须为一个准确的角色名。")]
    public string RoleClaim { get; set; } = MeshClaims.Role;

    [Setting("Claim with the code of the area.", "区域编码所在的声明。")]
    public string AreaClaim { get; set; } = MeshClaims.Area;

    [Setting("Claim with the lines that somebody is limited to.", "限定业务线所在的声明。")]
    public string LinesClaim { get; set; } = MeshClaims.Lines;

    [Setting("Claim with the id of the worker.", "人员编号所在的声明。")]
    public string WorkerClaim { get; set; } = MeshClaims.Worker;

    [Setting(
        "Values of the role claim and the role that each means. Others mean nothing; two that mean different things are "
            + "refused.",
        "角色声明的取值与其对应的角色。其余取值忽略；两个取值含义不同则拒绝登录。")]
    public IList<OpenIdRoleOptions> Roles { get; set; } = [];

    [MemberNotNullWhen(true, nameof(ClientId))]
    public bool IsOn => !string.IsNullOrEmpty(ClientId);

    /// <summary>Every problem at once; empty when all is well.</summary>
    /// <param name="seals">Whether what is stored of sessions is sealed.</param>
    public IEnumerable<string> Problems(AuthOptions auth, bool isDevelopment, bool seals)
    {
        if (!IsOn)
        {
            return ClientSecret is null && Roles.Count == 0
                ? []
                : [$"{Section}:ClientId is not set, so nobody signs in by {Section}"];
        }

        return
        [
            .. OfClient(auth, seals || isDevelopment), .. OfClaims(),
            .. OpenIdRoleOptions.Problems($"{Section}:{nameof(Roles)}", [.. Roles]),
        ];
    }

    private IEnumerable<string> OfClient(AuthOptions auth, bool mayStore)
    {
        if (auth.Authority is null)
            yield return $"{Section}:ClientId needs {AuthOptions.Section}:Authority, the issuer";

        if (!mayStore)
        {
            yield return $"{Section}:ClientId needs GridMesh:SecretKey:"
                + " refresh tokens and keys of cookies lie in the database";
        }

        if (!Scopes.Split(' ').Contains("openid"))
            yield return $"{Section}:Scopes has to have 'openid'";
    }

    private IEnumerable<string> OfClaims() =>
        (((string Name, string Claim)[])
        [
            (nameof(NameClaim), NameClaim), (nameof(RoleClaim), RoleClaim), (nameof(AreaClaim), AreaClaim),
            (nameof(LinesClaim), LinesClaim), (nameof(WorkerClaim), WorkerClaim),
        ]).Where(one => string.IsNullOrWhiteSpace(one.Claim)).Select(one => $"{Section}:{one.Name} names no claim");
}
