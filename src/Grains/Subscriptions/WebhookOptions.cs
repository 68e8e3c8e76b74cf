namespace GridMesh.Grains.Subscriptions;

/// <summary>How subscribers are told. Section <c>GridMesh:Webhooks</c>.</summary>
public sealed class WebhookOptions
{
    public const string Section = "GridMesh:Webhooks";

    /// <summary>
    /// Whether messages go to private and loopback addresses, too; null: in Development only. Whoever may subscribe
    /// could otherwise have this server call what stands behind it.
    /// </summary>
    public bool? AllowPrivate { get; set; }

    /// <summary>How often each subscription looks for new facts, in ms, 10-60,000.</summary>
    public int PollMs { get; set; } = 1_000;

    /// <summary>Longest wait for a receiver's answer, in ms, 100-60,000.</summary>
    public int TimeoutMs { get; set; } = 10_000;

    /// <summary>Attempts at a message before it is a dead letter, 1-100.</summary>
    public int AttemptsMax { get; set; } = 12;

    /// <summary>Pause after the first failed attempt, in ms, 1-60,000; it doubles with each.</summary>
    public int FirstPauseMs { get; set; } = 1_000;

    /// <summary>Longest pause between two attempts, in ms, 1-86,400,000.</summary>
    public int LastPauseMs { get; set; } = 3_600_000;

    /// <summary>Every problem at once; empty when all is well.</summary>
    public IEnumerable<string> Problems()
    {
        (string Name, int Value, int Min, int Max)[] rules =
        [
            (nameof(PollMs), PollMs, 10, 60_000), (nameof(TimeoutMs), TimeoutMs, 100, 60_000),
            (nameof(AttemptsMax), AttemptsMax, 1, 100), (nameof(FirstPauseMs), FirstPauseMs, 1, 60_000),
            (nameof(LastPauseMs), LastPauseMs, 1, 86_400_000),
        ];
        foreach (var rule in rules.Where(rule => rule.Value < rule.Min || rule.Value > rule.Max))
        {
            yield return $"{Section}:{rule.Name} is {rule.Value}; it has to be {rule.Min}-{rule.Max}";
        }

        if (FirstPauseMs > LastPauseMs)
        {
            yield return $"{Section}:{nameof(FirstPauseMs)} is greater than {nameof(LastPauseMs)}";
        }
    }
}
