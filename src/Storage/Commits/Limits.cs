namespace GridMesh.Storage.Commits;

/// <summary>Options as bounds of the committers.</summary>
internal static class Limits
{
    public static GroupLimits Journal(StorageOptions options) =>
        new(options.JournalGroupMax, options.JournalGroupAgeMs, options.JournalQueueMax, CollectsAlways: false);

    public static GroupLimits State(StorageOptions options) =>
        new(options.StateGroupMax, options.JournalGroupAgeMs, options.StateQueueMax, CollectsAlways: false);

    public static GroupLimits Tracks(StorageOptions options) =>
        new(options.TrackBatchMax, options.TrackFlushMs, options.TrackQueueMax, CollectsAlways: true);

    public static RetryPauses Pauses(StorageOptions options) =>
        new(TimeSpan.FromMilliseconds(options.RetryPauseFirstMs), TimeSpan.FromMilliseconds(options.RetryPauseMaxMs));
}
