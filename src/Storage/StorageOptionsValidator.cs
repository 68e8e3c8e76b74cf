using GridMesh.Contracts.Settings;
using Microsoft.Extensions.Options;
using Npgsql;

namespace GridMesh.Storage;

/// <summary>Names everything that is wrong with the options at once.</summary>
internal sealed class StorageOptionsValidator : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        var problems = new List<string>();
        Where(options, problems);
        Secrets(options, problems);
        problems.AddRange(SettingBounds.Problems(StorageOptions.Section, options));
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
        else if (options.Kind == StorageKind.Postgres && WrongOf(options.ConnectionString) is { } wrong)
            problems.Add($"{nameof(options.ConnectionString)} is none of PostgreSQL: {wrong}");
    }

    /// <summary>What stands in it without its words, which may be secret.</summary>
    private static string? WrongOf(string? connectionString)
    {
        try
        {
            var builder = new NpgsqlConnectionStringBuilder(connectionString);
            return string.IsNullOrEmpty(builder.Host) ? "it has no Host" : null;
        }
        catch (ArgumentException e)
        {
            return e.Message;
        }
    }

    private static void Secrets(StorageOptions options, List<string> problems)
    {
        if (options.SecretKey is { } key && System.Text.Encoding.UTF8.GetByteCount(key) < StorageOptions.SecretKeyMin)
            problems.Add($"GridMesh:SecretKey has to have at least {StorageOptions.SecretKeyMin} bytes.");
        if (options.Secrets is { Length: > 0 } folder && !Directory.Exists(folder))
            problems.Add($"GridMesh:Secrets: there is no folder '{folder}'.");
    }

    private static void NotBelow(List<string> problems, string name, int value, string other, int least)
    {
        if (value < least)
            problems.Add($"{name} ({value}) is below {other} ({least}).");
    }
}
