using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Storage;

namespace GridMesh.Gateway.Directory;

/// <summary>
/// A gateway that starts before anybody has imported a directory, or made the demo's, takes it as soon as there is one.
/// </summary>
internal sealed class DirectoryArrival(
    IDirectoryStore store, LiveDirectory live, TimeProvider time, ILogger<DirectoryArrival> log) : BackgroundService
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (ReferenceEquals(live.Current, DirectoryView.Empty))
        {
            await Task.Delay(s_pause, time, stoppingToken);
            try
            {
                if (await store.LoadAsync(stoppingToken) is { } data)
                {
                    live.Replace(data);
                    log.LogInformation("The directory is here: {Areas} areas", data.Areas.Length);
                }
            }
            catch (StorageUnavailableException e)
            {
                log.LogWarning(e, "The directory cannot be looked for now");
            }
        }
    }
}
