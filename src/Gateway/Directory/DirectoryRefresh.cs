using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Storage;

namespace GridMesh.Gateway.Directory;

/// <summary>
/// Looks for a new version of the directory every second, in every process of an installation, and takes it: also
/// the first one, where the process began before anybody had imported any.
/// </summary>
internal sealed partial class DirectoryRefresh(
    IDirectoryStore store, LiveDirectory live, TimeProvider time, ILogger<DirectoryRefresh> log) : BackgroundService
{
    /// <summary>A version that was just saved is in force after this and the time that it takes to read it.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private int _unreadable;
    private bool _isAway;

    public void Take(StoredDirectory stored)
    {
        if (live.Take(stored) is not { } now)
            return;

        LogTaken(stored.Version.Number, stored.Version.What, stored.Version.By);
        if (!now.Waiting.IsEmpty)
            LogWaiting(stored.Version.Number, string.Join(", ", now.Waiting));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Pause, time, stoppingToken);
            await LookAsync(stoppingToken);
        }
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        var version = 0;
        try
        {
            version = await store.VersionAsync(cancellation);
            _isAway = false;
            if (version > live.Current.Version && version != _unreadable
                && await store.LatestAsync(cancellation) is { } stored)
            {
                Take(stored);
            }
        }
        catch (StorageUnavailableException e)
        {
            if (!_isAway)
                LogAway(e);

            _isAway = true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A version that this program cannot read, as a later one may write it, must not end it: it serves on.
            LogUnreadable(e, version);
            _unreadable = version;
        }
    }

    [LoggerMessage(LogLevel.Information, "Directory version {Version} is in force: {What} by {By}")]
    private partial void LogTaken(int version, string? what, string? by);

    [LoggerMessage(LogLevel.Warning,
        "Directory version {Version} has other {Kinds}: they wait for a restart of this process")]
    private partial void LogWaiting(int version, string kinds);

    [LoggerMessage(LogLevel.Warning, "A new directory cannot be looked for now")]
    private partial void LogAway(Exception exception);

    [LoggerMessage(LogLevel.Error, "Directory version {Version} cannot be read: the one before stays in force")]
    private partial void LogUnreadable(Exception exception, int version);
}
