using Microsoft.AspNetCore.SignalR;

namespace GridMesh.Load.Bare;

/// <summary>A hub as the manual has it: who watches joins a group.</summary>
internal sealed class BareHub(BareBroadcaster broadcaster) : Hub
{
    public const string Path = "/hubs/bare";

    /// <summary>Lets the caller in; the version is read after joining, so that no frame is missed between the two.</summary>
    /// <param name="since">Taken as the product takes it; a bare hub keeps nothing to resume from.</param>
    public async Task<BareAnswer> Watch(string code, object? since = null)
    {
        _ = since;
        await Groups.AddToGroupAsync(Context.ConnectionId, code);
        return new BareAnswer("snapshot", new BareStand(code, broadcaster.Epoch, broadcaster.VersionOf(code)));
    }
}
