using GridMesh.Contracts.Access;
using GridMesh.Contracts.Clocks;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Gateway.Plumbing.Access;
using GridMesh.Gateway.Plumbing.Problems;
using GridMesh.Gateway.Workers;
using Microsoft.AspNetCore.SignalR;

namespace GridMesh.Gateway.Areas;

/// <summary>
/// The hub of walls and phones (API "SignalR"). The token says what may be watched, never the client.
/// </summary>
internal sealed class MeshHub(
    AreaChannels channels, MeshLifetimeManager connections, IDirectory directory, PositionIntake positions) : Hub
{
    public const string Path = "/hubs/mesh";

    /// <summary>Most areas that one client watches (DESIGN "Bounds").</summary>
    public const int AreasMax = 20;

    private static readonly object s_actor = new();
    private static readonly object s_areas = new();

    private Actor Me => ((CurrentActor)Context.Items[s_actor]!).Actor;

    private AreaSight Sight => AreaSight.Of(Me);

    private HashSet<AreaCode> Areas => (HashSet<AreaCode>)Context.Items[s_areas]!;

    /// <summary>Whose connection it is; null before the hub has greeted it.</summary>
    public static CurrentActor? OwnerOf(HubConnectionContext connection) =>
        connection.Items.TryGetValue(s_actor, out var me) ? (CurrentActor?)me : null;

    public override Task OnConnectedAsync()
    {
        Context.Items[s_actor] = CurrentActor.OfConnection(Context.GetHttpContext()!);
        Context.Items[s_areas] = new HashSet<AreaCode>();
        return base.OnConnectedAsync();
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        foreach (var area in Areas)
            channels.Leave(area, Sight, Context.ConnectionId);

        return base.OnDisconnectedAsync(exception);
    }

    public async Task<WatchResult> Watch(string code, Since? since = null)
    {
        var area = Check(code);
        if (Areas.Count >= AreasMax && !Areas.Contains(area))
            throw new HubRefusal("TooManyAreas", $"at most {AreasMax} areas are watched at once");

        var connection = connections.Find(Context.ConnectionId)
            ?? throw new HubRefusal("ConnectionIsGone", "connect again");
        Areas.Add(area);
        return await channels.JoinAsync(area, Sight, connection, since);
    }

    public void Unwatch(string code)
    {
        var area = Check(code);
        Areas.Remove(area);
        channels.Leave(area, Sight, Context.ConnectionId);
    }

    public async Task Position(double lng, double lat, string at, double? accuracy = null)
    {
        if (Me is not { Role: Role.Worker or Role.Lead, Worker: { } id })
            throw new HubRefusal(RejectCode.RoleMayNot, "only workers send their position");

        if (!directory.Current.Workers.TryGetValue(id, out var worker))
            throw new HubRefusal(RejectCode.WorkerIsUnknown, $"no worker {id}");

        var item = PositionItem.Of(id, lng, lat, ZonedTime.TryParse(at, out var time) ? time : null, accuracy);
        if (item is not { Wrong: null, Report: { } report })
            throw new HubRefusal(ProblemCode.ValidationFailed, $"'{item.Wrong}' is missing or wrong");

        if (await positions.TakeAsync(worker, report, Context.ConnectionAborted) is { } reject)
            throw new HubRefusal(reject, "the position was not taken");
    }

    private AreaCode Check(string code)
    {
        if (!AreaCode.TryParse(code, out var area, out var reason))
            throw new HubRefusal(RejectCode.AreaIsUnknown, reason);

        if (!Me.Sees(area))
            throw new HubRefusal(RejectCode.AreaIsOutsideYourOwn, $"{area} is not in {Me.Area}");

        return !Me.SeesWork() ? throw new HubRefusal(RejectCode.RoleMayNot, "residents have no wall")
            : directory.Current.Areas.ContainsKey(area) ? area
            : throw new HubRefusal(RejectCode.AreaIsUnknown, $"no area {area}");
    }
}
