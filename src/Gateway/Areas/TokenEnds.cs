using GridMesh.Contracts.Directory;
using GridMesh.Gateway.Plumbing.Access;

namespace GridMesh.Gateway.Areas;

/// <summary>
/// Ends the connections of tokens that count no more: they were let in while they did, and nobody asks them again.
/// </summary>
internal sealed class TokenEnds(
    MeshLifetimeManager connections, ChannelContext context, LiveTokens tokens, IDirectory directory, TimeProvider time)
    : BackgroundService
{
    public const string Reason = "TokenRevoked";

    /// <summary>A connection that was let in just before a change may be there only after it.</summary>
    private const int LooksAfterChange = 3;

    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    private object? _tokens;
    private DirectoryView? _directory;
    private int _looks;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_pause, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                Look();
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    private void Look()
    {
        var (state, view) = (tokens.State, directory.Current);
        if (!ReferenceEquals(state, _tokens) || !ReferenceEquals(view, _directory))
            (_tokens, _directory, _looks) = (state, view, LooksAfterChange);

        if (_looks == 0)
            return;

        _looks--;
        foreach (var connection in connections.All)
        {
            if (MeshHub.OwnerOf(connection) is { } me && tokens.Refusal(me) is not null)
                context.Drop(connection, Reason);
        }
    }
}
