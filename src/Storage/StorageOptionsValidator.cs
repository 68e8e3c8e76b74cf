using Microsoft.Extensions.Options;

namespace GridMesh.Storage;

/// <summary>Names everything that is wrong with the options at once.</summary>
internal sealed class StorageOptionsValidator : IValidateOptions<StorageOptions>
{
    private const int QueueMax = 10_000_000;

    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        var problems = new List<string>();
        Where(options, problems);
        Between(problems, nameof(options.JournalGroupMax), options.JournalGroupMax, 1, 10_000);
        Between(problems, nameof(options.JournalGroupAgeMs), options.JournalGroupAgeMs, 0, 1_000);
        Between(problems, nameof(options.JournalQueueMax), options.JournalQueueMax, 1, QueueMax);
        Between(problems, nameof(options.StateGroupMax), options.StateGroupMax, 1, 10_000);
        Between(problems, nameof(options.StateQueueMax), options.StateQueueMax, 1, QueueMax);
        Between(problems, nameof(options.TrackFlushMs), options.TrackFlushMs, 0, 10_000);
        Between(problems, nameof(options.TrackBatchMax), options.TrackBatchMax, 1, 100_000);
        Between(problems, nameof(options.TrackQueueMax), options.TrackQueueMax, 1, QueueMax);
        Between(problems, nameof(options.TrackDays), options.TrackDays, 1, 3_660);
        Between(problems, nameof(options.ReadConnections), options.ReadConnections, 1, 200);
        Between(problems, nameof(options.SqliteCacheMb), options.SqliteCacheMb, 1, 16_384);
        Between(problems, nameof(options.SqliteCheckpointMb), options.SqliteCheckpointMb, 1, 4_096);
        Between(problems, nameof(options.StreamCacheMax), options.StreamCacheMax, 2, QueueMax);
        Between(problems, nameof(options.RetryPauseFirstMs), options.RetryPauseFirstMs, 1, 60_000);
        Between(problems, nameof(options.RetryPauseMaxMs), options.RetryPauseMaxMs, 1, 600_000);
        Between(problems, nameof(options.CommandTimeoutSeconds), options.CommandTimeoutSeconds, 1, 600);
        NotBelow(problems, nameof(options.TrackQueueMax), options.TrackQueueMax,
            nameof(options.TrackBatchMax), options.TrackBatchMax);
        NotBelow(problems, nameof(options.JournalQueueMax), options.JournalQueueMax,
            nameof(options.JournalGroupMax), options.JournalGroupMax);
        NotBelow(problems, nameof(options.RetryPauseMaxMs), options.RetryPauseMaxMs,
            nameof(options.RetryPauseFirstMs), options.RetryPauseFirstMs);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static void Where(StorageOptions options, List<string> problems)
    {
        if (!Enum.IsDefined(options.Kind))
            problems.Add($"{nameof(options.Kind)} is {nameof(StorageKind.Sqlite)} or {nameof(StorageKind.Postgres)}.");
        if (options.Kind == StorageKind.Sqlite && string.IsNullOrWhiteSpace(options.DataFolder))
            problems.Add($"{nameof(options.DataFolder)} is needed when {nameof(options.Kind)} is Sqlite.");
        if (options.Kind == StorageKind.Postgres && string.IsNullOrWhiteSpace(options.ConnectionString))
            problems.Add($"{nameof(options.ConnectionString)} is needed when {nameof(options.Kind)} is Postgres.");
    }

    private static void Between(List<string> problems, string name, int value, int least, int most)
    {
        if (value < least || value > most)
            problems.Add($"{name} is {value}; it may be {least} to {most}.");
    }

    private static void NotBelow(List<string> problems, string name, int value, string other, int least)
    {
        if (value < least)
            problems.Add($"{name} ({value}) is below {other} ({least}).");
    }
}
