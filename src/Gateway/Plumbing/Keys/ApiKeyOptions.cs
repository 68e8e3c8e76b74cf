using System.Security.Cryptography;
using System.Text;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Settings;

namespace GridMesh.Gateway.Plumbing.Keys;

/// <summary>A key by which another system comes in, and how much it may ask: an entry of an endpoint's keys.</summary>
public sealed class ApiKeyOptions : ISettingEntry
{
    /// <summary>Least and most characters of a key.</summary>
    public const int KeyMin = 16;

    public const int KeyMax = 128;

    /// <summary>Most keys of one endpoint.</summary>
    public const int KeysMax = 1_000;

    private const int NameMax = 32;

    [Setting(
        "Who it is: 1-32 letters, digits or `-`. It stands in the history of what comes in by the key.",
        "名称：1-32 个字母、数字或 `-`，记入由该密钥而来的事件历史。")]
    public string? Name { get; set; }

    [Setting("The key itself, 16-128 characters. Or say its hash.", "密钥本身，16-128 个字符；或只写其哈希。", IsSecret = true)]
    public string? Key { get; set; }

    [Setting(
        "SHA-256 of the key's UTF-8 in hexadecimal digits, so that no configuration holds the key.",
        "密钥 UTF-8 的 SHA-256（十六进制），配置中便无须存放密钥。", IsSecret = true)]
    public string? Sha256 { get; set; }

    [Setting("What the key may report to: a code, and everything below it.", "可上报的区域编码，含其全部下级。")]
    public string? Area { get; set; }

    [Setting("Requests a second; as many at once.", "每秒请求数，亦为瞬时上限。", 1, 10_000)]
    public int PerSecond { get; set; } = 10;

    [Setting("Requests a day in China time, for each process.", "每个进程每日（中国时间）请求数。", 1, 100_000_000)]
    public int PerDay { get; set; } = 10_000;

    string? ISettingEntry.Label => Name;

    public static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>Every problem of an endpoint's keys at once.</summary>
    public static IEnumerable<string> Problems(string section, IReadOnlyList<ApiKeyOptions> keys)
    {
        if (keys.Count > KeysMax)
            yield return $"{section}:Keys has {keys.Count} entries; at most {KeysMax}";

        foreach (var name in keys.GroupBy(key => key.Name).Where(same => same.Count() > 1))
            yield return $"{section}:Keys has the Name '{name.Key}' more than once";

        for (var i = 0; i < keys.Count; i++)
        {
            var key = $"{section}:Keys:{i}";
            foreach (var problem in keys[i].Problems().Select(problem => $"{key}:{problem}")
                .Concat(SettingBounds.Problems(key, keys[i])))
            {
                yield return problem;
            }
        }
    }

    /// <summary>The hash that a presented key has to have; the options are valid.</summary>
    internal byte[] Hash() => Key is { } key ? HashOf(key) : Convert.FromHexString(Sha256!);

    public bool IsKey(string key) => Key == key
        || string.Equals(Sha256, Convert.ToHexString(HashOf(key)), StringComparison.OrdinalIgnoreCase);

    private IEnumerable<string> Problems()
    {
        if (Name is not { Length: > 0 and <= NameMax } || !Name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            yield return $"Name has 1-{NameMax} letters, digits or '-'";

        if ((Key is null) == (Sha256 is null))
            yield return "Key or Sha256 has to be set, and not both";

        if (Key is { Length: < KeyMin or > KeyMax })
            yield return $"Key has {KeyMin}-{KeyMax} characters";

        if (Sha256 is not null && (Sha256.Length != 64 || !Sha256.All(char.IsAsciiHexDigit)))
            yield return "Sha256 has 64 hexadecimal digits";

        if (!AreaCode.TryParse(Area, out _, out var reason))
            yield return $"Area: {reason}";
    }
}
