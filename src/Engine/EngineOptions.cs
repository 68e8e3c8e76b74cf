using System.Text.Json;

namespace GridMesh.Engine;

/// <summary>The bounds and ages of the embedded engine.</summary>
public sealed class EngineOptions
{
    /// <summary>How long an activation may lie idle before the collector takes it.</summary>
    public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How often the collector looks.</summary>
    public TimeSpan CollectionInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>After this long a call that has no answer ends in a <see cref="TimeoutException"/>.
    /// It also bounds OnActivateAsync and OnDeactivateAsync.</summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many requests may wait for one activation; the next one is refused.</summary>
    public int MailboxMax { get; set; } = 10_000;

    /// <summary>
    /// How many items may wait for one stream subscriber outside the grains; the next one is dropped and counted.
    /// </summary>
    public int StreamQueueMax { get; set; } = 10_000;

    /// <summary>How long a stop in order may take; what has not ended by then is left behind.</summary>
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>The shortest period of a reminder.</summary>
    public TimeSpan ReminderPeriodMin { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How the state of grains is written.</summary>
    public JsonSerializerOptions Json { get; set; } = new(JsonSerializerDefaults.Web);

    /// <summary>Everything that is wrong, at once.</summary>
    internal IEnumerable<string> Problems()
    {
        if (CollectionAge <= TimeSpan.Zero)
            yield return $"{nameof(CollectionAge)} must be positive, is {CollectionAge}.";
        if (CollectionInterval <= TimeSpan.Zero)
            yield return $"{nameof(CollectionInterval)} must be positive, is {CollectionInterval}.";
        if (CollectionInterval > CollectionAge)
            yield return $"{nameof(CollectionInterval)} ({CollectionInterval}) must not exceed"
                + $" {nameof(CollectionAge)} ({CollectionAge}).";
        if (CallTimeout <= TimeSpan.Zero)
            yield return $"{nameof(CallTimeout)} must be positive, is {CallTimeout}.";
        if (MailboxMax < 1)
            yield return $"{nameof(MailboxMax)} must be at least 1, is {MailboxMax}.";
        if (StreamQueueMax < 1)
            yield return $"{nameof(StreamQueueMax)} must be at least 1, is {StreamQueueMax}.";
        if (StopTimeout <= TimeSpan.Zero)
            yield return $"{nameof(StopTimeout)} must be positive, is {StopTimeout}.";
        if (ReminderPeriodMin < TimeSpan.FromMinutes(1))
            yield return $"{nameof(ReminderPeriodMin)} must be at least one minute, is {ReminderPeriodMin}.";
        if (Json is null)
            yield return $"{nameof(Json)} must be set.";
    }
}
