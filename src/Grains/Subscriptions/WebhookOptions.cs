using GridMesh.Contracts.Settings;

namespace GridMesh.Grains.Subscriptions;

[Setting("How subscribers are told, see [webhooks](webhooks.md).", "如何向订阅方推送，见[推送](webhooks.md)。")]
public sealed class WebhookOptions
{
    public const string Section = "GridMesh:Webhooks";

    [Setting(
        "Whether messages go to private and loopback addresses, too: whoever may subscribe could otherwise have this "
            + "server call what stands behind it. Not set: in Development.",
        "可否推送到内网与本机地址；开放后，有订阅权限者可借本服务器访问其后的系统。未设时仅开发环境允许。")]
    public bool? AllowPrivate { get; set; }

    [Setting("How often each subscription looks for new facts.", "每个订阅查看日志的间隔。", 10, 60_000)]
    public int PollMs { get; set; } = 1_000;

    [Setting("Longest wait for a receiver's answer.", "等待接收方应答的上限。", 100, 60_000)]
    public int TimeoutMs { get; set; } = 10_000;

    [Setting("Attempts at a message before it is a dead letter.", "每条消息的尝试次数，用尽后成为死信。", 1, 100)]
    public int AttemptsMax { get; set; } = 12;

    [Setting(
        "Pause after the first failed attempt; it doubles with each.", "首次失败后的间隔，逐次加倍。", 1, 60_000)]
    public int FirstPauseMs { get; set; } = 1_000;

    [Setting("Longest pause between two attempts.", "两次尝试之间的最长间隔。", 1, 86_400_000)]
    public int LastPauseMs { get; set; } = 3_600_000;

    /// <summary>Every problem at once; empty when all is well.</summary>
    public IEnumerable<string> Problems()
    {
        foreach (var problem in SettingBounds.Problems(Section, this))
            yield return problem;

        if (FirstPauseMs > LastPauseMs)
            yield return $"{Section}:{nameof(FirstPauseMs)} is greater than {nameof(LastPauseMs)}";
    }
}
