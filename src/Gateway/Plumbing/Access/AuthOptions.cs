using GridMesh.Contracts.Settings;

namespace GridMesh.Gateway.Plumbing.Access;

[Setting(
    "How tokens are checked. Outside Development an audience and a signing key or an authority have to be set.",
    "令牌如何校验。非开发环境须设受众，以及签名密钥或签发方之一。")]
public sealed class AuthOptions
{
    public const string Section = "GridMesh:Auth";

    public const string DefaultIssuer = "gridmesh";

    /// <summary>Most signing keys at once: more are no rotation any more.</summary>
    public const int KeysMax = 8;

    [Setting(
        "Key of HMAC-signed tokens, at least 32 bytes of UTF-8; excludes an authority. It verifies after `SigningKeys`.",
        "HMAC 令牌签名密钥，UTF-8 至少 32 字节；与签发方互斥。排在 `SigningKeys` 之后参与验签。", IsSecret = true)]
    public string? SigningKey { get; set; }

    [Setting(
        "Several such keys: the first signs, all verify, so that one is changed without anybody being signed out.",
        "多把密钥：首把用于签名，全部用于验签，轮换时无人掉线。")]
    public IList<SigningKeyOptions> SigningKeys { get; set; } = [];

    [Setting(
        "Key that the codes at checkpoints are signed with, at least 32 bytes; without one a key is derived from "
            + "`SigningKey`, never from `SigningKeys`. Another one makes every printed code worthless.",
        "巡查点位码的签名密钥，至少 32 字节；未设时由 `SigningKey` 派生，从不由 `SigningKeys` 派生。更换后已印制的点位码全部作废。",
        IsSecret = true)]
    public string? CodeKey { get; set; }

    [Setting(
        "OpenID Connect issuer whose published keys sign the tokens, by RS256, ES256 or PS256.",
        "OpenID Connect 签发方，以其公布的密钥验签（RS256、ES256 或 PS256）。")]
    public string? Authority { get; set; }

    [Setting("Expected issuer of tokens signed with the signing key.", "用签名密钥时要求的签发者。")]
    public string Issuer { get; set; } = DefaultIssuer;

    [Setting(
        "Expected audience (`aud`); has to be set outside Development, where nothing set is not checked.",
        "要求的受众（`aud`）；非开发环境必设，开发环境未设则不检查。")]
    public string? Audience { get; set; }

    [Setting(
        "Longest life of a token; one that lives longer is refused, unless the verb `tokens issue` made it.",
        "令牌的最长有效期；超过者拒绝，`tokens issue` 签发的除外。", 1, 8_760)]
    public int TokenHours { get; set; } = 24;

    [Setting(
        "How long the token of an account lives; its session gets another one. An issuer is asked as often whether whoever "
            + "it signed in by a browser is still somebody.",
        "账号令牌的有效期；会话会自动续领。经签发方登录的浏览器会话也以此间隔向其核实。", 1, 60)]
    public int AccountTokenMinutes { get; set; } = 10;

    [Setting(
        "How long somebody stays signed in by an account, or by a browser at an issuer.", "账号登录及浏览器会话的有效期。",
        1, 720)]
    public int SessionHours { get; set; } = 12;

    [Setting("How long a development token lives.", "开发令牌的有效期。", 1, 168)]
    public int DevelopmentTokenHours { get; set; } = 12;

    /// <summary>The keys in their order; that without a name is the single one.</summary>
    internal IEnumerable<(string? Id, string Key)> Keys =>
        SigningKeys.Select(key => (key.Id, key.Key!))
            .Concat(SigningKey is { } key ? [((string?)null, key)] : Array.Empty<(string?, string)>());

    /// <summary>Outside Development no other issuer is taken at the start.</summary>
    internal bool IssuerIsHttps =>
        Authority?.StartsWith(Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase) ?? true;

    /// <summary>Tokens are signed here, or by somebody with our key; otherwise by an issuer.</summary>
    internal bool HasKeys => SigningKey is not null || SigningKeys.Count > 0;

    /// <param name="dataFolder">Where a key of Development may lie.</param>
    public IEnumerable<string> Problems(bool isDevelopment, string? dataFolder = null) =>
    [
        .. OfIssuer(isDevelopment), .. OfKeys(isDevelopment, dataFolder), .. SettingBounds.Problems(Section, this),
    ];

    /// <summary>In Development a key is made where there is none.</summary>
    internal void UseDevelopmentKey(bool isDevelopment, string dataFolder)
    {
        if (isDevelopment && !HasKeys && Authority is null)
            SigningKey = TokenSigner.DevelopmentKey(dataFolder);
    }

    private IEnumerable<string> OfIssuer(bool isDevelopment)
    {
        if (!HasKeys && Authority is null && !isDevelopment)
            yield return $"{Section}:SigningKey or {Section}:Authority has to be set outside Development";

        if (HasKeys && Authority is not null)
            yield return $"{Section}:SigningKey and {Section}:Authority exclude each other";

        if (string.IsNullOrWhiteSpace(Audience) && !isDevelopment)
        {
            yield return $"{Section}:Audience has to be set outside Development:"
                + " a token of another service is none here";
        }

        if (Authority is not null
            && (!Uri.TryCreate(Authority, UriKind.Absolute, out var issuer)
                || (issuer.Scheme != Uri.UriSchemeHttps && !(isDevelopment && issuer.Scheme == Uri.UriSchemeHttp))))
        {
            yield return $"{Section}:Authority has to be an https address: over http anybody may hand out its keys";
        }

        if (isDevelopment && DevelopmentTokenHours > TokenHours)
        {
            yield return $"{Section}:DevelopmentTokenHours is above {Section}:TokenHours:"
                + " such a token would be refused";
        }
    }

    private IEnumerable<string> OfKeys(bool isDevelopment, string? dataFolder)
    {
        if (!isDevelopment && dataFolder is not null && TokenSigner.KeptDevelopmentKey(dataFolder) is { } kept
            && Keys.Any(key => key.Key == kept))
        {
            yield return $"{Section} has the key of Development, which lies in the data folder";
        }

        if (SigningKeys.Count > KeysMax)
            yield return $"{Section}:SigningKeys has {SigningKeys.Count} entries; at most {KeysMax}";

        foreach (var id in SigningKeys.GroupBy(key => key.Id).Where(same => same.Count() > 1))
            yield return $"{Section}:SigningKeys has the Id '{id.Key}' more than once";

        for (var i = 0; i < SigningKeys.Count; i++)
        {
            if (!SigningKeys[i].HasId)
                yield return $"{Section}:SigningKeys:{i}:Id has 1-{SigningKeyOptions.IdMax} letters, digits or '-'";
        }

        var keys = SigningKeys.Select((key, i) => (Name: $"SigningKeys:{i}:Key", Key: key.Key ?? ""))
            .Append((Name: nameof(SigningKey), Key: SigningKey!)).Append((Name: nameof(CodeKey), Key: CodeKey!));
        foreach (var (name, key) in keys.Where(one => one.Key is not null))
        {
            if ((isDevelopment ? KeyStrength.LengthProblem(key) : KeyStrength.Problem(key)) is { } problem)
                yield return $"{Section}:{name} {problem}";
        }
    }
}
