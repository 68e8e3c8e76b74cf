using GridMesh.Contracts.Settings;

namespace GridMesh.Gateway.Plumbing.Access;

[Setting(
    "How much one token, or one address without a token, may ask. Beyond it the answer is 429 with `Retry-After`.",
    "同一令牌、或无令牌的同一地址可请求多少；超出则应答 429 并附 `Retry-After`。")]
public sealed class LimitOptions
{
    public const string Section = "GridMesh:Limits";

    private const int Most = 1_000_000;

    [Setting("Requests of one token a second.", "每个令牌每秒请求数。", 1, Most)]
    public int TokenPerSecond { get; set; } = 200;

    [Setting("Requests that one token may send at once.", "每个令牌的瞬时请求上限。", 1, Most)]
    public int TokenBurst { get; set; } = 400;

    [Setting("Requests without a token from one address a second.", "无令牌时，每个地址每秒请求数。", 1, Most)]
    public int AddressPerSecond { get; set; } = 50;

    [Setting("Requests without a token that one address may send at once.", "无令牌时，每个地址的瞬时请求上限。", 1, Most)]
    public int AddressBurst { get; set; } = 200;

    [Setting(
        "Live connections of one subject, whatever the token, to one process.", "每个主体（不论令牌）对单个进程的实时连接数。", 1,
        Most)]
    public int ConnectionsPerSubject { get; set; } = 50;

    [Setting(
        "Live connections of one address to one process. Behind a proxy that is not named, everybody is one address.",
        "每个地址对单个进程的实时连接数。未声明的代理之后，所有人都是同一地址。", 1, Most)]
    public int ConnectionsPerAddress { get; set; } = 2_000;

    [Setting(
        "Areas that one subject may begin to watch a minute; other calls of the hub count as requests.",
        "每个主体每分钟可开始观看的区域数；其他推送调用按请求计。", 1, Most)]
    public int WatchesPerMinute { get; set; } = 200;

    [Setting(
        "Case numbers that one address without a token may look up a second; one that does not exist counts five times.",
        "无令牌的同一地址每秒可查询的事件编号数；不存在的编号按五次计。", 1, Most)]
    public int LookupPerSecond { get; set; } = 1;

    [Setting("Case numbers that it may look up at once.", "无令牌的同一地址一次最多可查询的事件编号数。", 1, Most)]
    public int LookupBurst { get; set; } = 60;

    [Setting("Passwords that one address may try a second.", "同一地址每秒可尝试的登录次数。", 1, Most)]
    public int SignInPerSecond { get; set; } = 1;

    [Setting("Passwords that it may try at once.", "同一地址一次最多可尝试的登录次数。", 1, Most)]
    public int SignInBurst { get; set; } = 20;

    [Setting(
        "Days for which it is kept who read what of people; the law asks for half a year at least.",
        "个人信息查阅记录的保存天数；法律要求至少半年。", 183, 36_500)]
    public int AccessRecordDays { get; set; } = 3 * 365;

    public IEnumerable<string> Problems() => SettingBounds.Problems(Section, this);
}
