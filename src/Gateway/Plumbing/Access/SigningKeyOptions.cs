using GridMesh.Contracts.Settings;

namespace GridMesh.Gateway.Plumbing.Access;

/// <summary>One of several keys that sign tokens: an entry of <see cref="AuthOptions.SigningKeys"/>.</summary>
public sealed class SigningKeyOptions : ISettingEntry
{
    public const int IdMax = 32;

    [Setting(
        "What a token calls the key (`kid`): 1-32 letters, digits or `-`.", "令牌中的密钥标识（`kid`）：1-32 个字母、数字或 `-`。")]
    public string? Id { get; set; }

    [Setting("The key itself, at least 32 bytes of UTF-8.", "密钥本身，UTF-8 至少 32 字节。", IsSecret = true)]
    public string? Key { get; set; }

    string? ISettingEntry.Label => Id;

    internal bool HasId => Id is { Length: > 0 and <= IdMax } && Id.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
