using System.Collections.Concurrent;
using System.Text.Json;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Json;
using GridMesh.Gateway.Plumbing.Telemetry;
using Microsoft.AspNetCore.SignalR;
using Orleans.Streams;

namespace GridMesh.Gateway.Areas;

/// <summary>
/// One area on this gateway as some people see it: holds its latest state, takes its frames from the wall stream,
/// serialises each once and hands it to every client that watches.
/// </summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage(
    "Design", "CA1001",
    Justification = "The semaphore's wait handle is never asked for, so it holds nothing to dispose.")]
internal sealed class AreaChannel(AreaCode code, AreaSight sight, ChannelContext context)
    : IAsyncObserver<AreaFrame>, IFrameFeed
{
    private readonly ConcurrentDictionary<string, WallClient> _clients = new();
    private readonly SemaphoreSlim _opening = new(1, 1);
    private readonly Lock _gate = new();
    private readonly FrameRing _ring = new(context.Time);
    private readonly string _holder = $"{context.Holder}/{sight}";
    private AreaModel? _model;
    private bool _isClosed;
    private RawJson? _snapshot;
    private StreamSubscriptionHandle<AreaFrame>? _subscription;
    private long _usedAt = context.Time.GetTimestamp();
    private long _heardAt = context.Time.GetTimestamp();
    private long _renewedAt = context.Time.GetTimestamp();

    public AreaCode Code => code;

    public AreaSight Sight => sight;

    /// <summary>The look-after under way: one whose silo does not answer must not hold up the others.</summary>
    public Task Tending { get; set; } = Task.CompletedTask;

    public Lock Gate => _gate;

    public int Clients => _clients.Count;

    /// <summary>True when nobody watched or asked for the length of a lease.</summary>
    public bool IsIdle =>
        _clients.IsEmpty && context.Time.GetElapsedTime(Volatile.Read(ref _usedAt)) > MeshStreams.WatchLease;

    public async Task<RawJson> SnapshotAsync()
    {
        await OpenAsync();
        lock (_gate)
        {
            return SnapshotJson();
        }
    }

    /// <summary>
    /// Lets a client in: with the frames since, or wiped with the whole. Null when the channel was closed.
    /// </summary>
    public async Task<WatchResult?> JoinAsync(HubConnectionContext connection, Since? since)
    {
        await OpenAsync();
        WatchResult result;
        WallClient client;
        lock (_gate)
        {
            if (_isClosed)
                return null;

            var model = _model!;
            result = since is not null && _ring.After(since, model.Epoch, model.Version) is { } frames
                ? WatchResult.Resumed([.. frames.Select(frame => frame.Json)])
                : WatchResult.Snapshot(SnapshotJson());
            client = new WallClient(connection, this, new Since(model.Epoch, model.Version), context.Time);
            _clients[connection.ConnectionId] = client;
        }

        context.StartSoon(client);
        return result;
    }

    public void Leave(string connectionId)
    {
        _clients.TryRemove(connectionId, out _);
        Volatile.Write(ref _usedAt, context.Time.GetTimestamp());
    }

    public async Task OnNextAsync(AreaFrame item, StreamSequenceToken? token = null)
    {
        Volatile.Write(ref _heardAt, context.Time.GetTimestamp());
        var applied = false;
        lock (_gate)
        {
            if (_model is not { } model || (item.Epoch == model.Epoch && item.To < model.Version))
                return;

            var shown = sight.Of(item, model);
            applied = model.Apply(shown);
            if (applied)
                Broadcast(shown);
            else if (item.Epoch == model.Epoch && item.To <= model.Version)
                return;
        }

        if (!applied)
            await RewatchAsync();
    }

    public Task OnErrorAsync(Exception ex) => RewatchAsync();

    /// <summary>
    /// Renews the lease when it is time, or when the area has been silent for too long; where the lease is lost (the
    /// area woke anew, perhaps on another silo) the area is watched again. So it is after a silence, whatever the
    /// lease: silos drop the subscription of a gateway for good when one of them could not find it for a moment, as
    /// happens when another goes.
    /// </summary>
    public async Task TendAsync()
    {
        DropSlowClients();
        var isSilent = context.Time.GetElapsedTime(Volatile.Read(ref _heardAt)) >= MeshStreams.SilenceMax;
        if (!isSilent && context.Time.GetElapsedTime(_renewedAt) < MeshStreams.WatchRenewal)
            return;

        // Only what succeeded counts: while the area's silo is gone, every round asks again.
        var asked = context.Time.GetTimestamp();
        if (_model is not null)
        {
            var isLost = !await context.NodeOf(code).RenewAsync(Watcher.Gateway, _holder);
            if (isSilent)
                await SubscribeAgainAsync();

            if (isSilent || isLost)
                await RewatchAsync();
        }

        _renewedAt = asked;
        Volatile.Write(ref _heardAt, asked);
    }

    /// <summary>
    /// True from the moment that nobody may join any more, if nobody watches; then it has to be closed.
    /// </summary>
    public bool TryRetire()
    {
        lock (_gate)
        {
            return _isClosed |= IsIdle;
        }
    }

    public async Task CloseAsync()
    {
        await context.NodeOf(code).UnwatchAsync(Watcher.Gateway, _holder);
        if (_subscription is not null)
            await _subscription.UnsubscribeAsync();
    }

    /// <summary>Tells every client to come back elsewhere or later.</summary>
    public void Dismiss(string reason)
    {
        foreach (var client in _clients.Values)
            context.Drop(client.Connection, reason);
    }

    public bool IsPresent(long epoch, long version) =>
        _model is not { } model || (model.Epoch, model.Version) == (epoch, version);

    public ReadyFrame? Next(long epoch, long version) => IsPresent(epoch, version) || _model is not { } model
            ? null
            : _ring.Merged(new Since(epoch, version), model.Epoch, model.Version) ?? new ReadyFrame(Nothing(model));

    private async Task OpenAsync()
    {
        Volatile.Write(ref _usedAt, context.Time.GetTimestamp());
        if (Volatile.Read(ref _model) is not null)
            return;

        await _opening.WaitAsync();
        try
        {
            if (_model is null)
            {
                _subscription ??= await context.WallStream(code).SubscribeAsync(this);
                await TakeAsync();
            }
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>The new one first, so that no frame comes between; one that comes by both is applied once.</summary>
    private async Task SubscribeAgainAsync()
    {
        var old = _subscription;
        _subscription = await context.WallStream(code).SubscribeAsync(this);
        await (old?.UnsubscribeAsync() ?? Task.CompletedTask);
    }

    /// <summary>
    /// Takes the whole anew. Clients hold an older state that no frame leads out of, so they are told where the area is
    /// now with a frame that does not fit: they watch again.
    /// </summary>
    private async Task RewatchAsync()
    {
        await _opening.WaitAsync();
        try
        {
            await TakeAsync();
        }
        finally
        {
            _opening.Release();
        }
    }

    private async Task TakeAsync()
    {
        var snapshot = await context.NodeOf(code).WatchAsync(Watcher.Gateway, _holder);
        lock (_gate)
        {
            _model = new AreaModel(sight.Of(snapshot));
            _ring.Clear();
            Broadcast(Nothing(_model));
        }
    }

    /// <summary>Says where the area is and leads nowhere.</summary>
    private AreaFrame Nothing(AreaModel model) =>
        new(code, model.Epoch, model.Version, model.Version, context.Time.GetUtcNow(), null, null, null, null);

    private void Broadcast(AreaFrame frame)
    {
        var ready = new ReadyFrame(frame);
        _ring.Add(ready);
        _snapshot = null;
        var (sent, behind) = (0, 0);
        foreach (var (_, client) in _clients)
        {
            if (client.Offer(ready))
                sent++;
            else
                behind++;
        }

        if (sent + behind > 0)
        {
            GatewayMeter.FrameBytes.Record(ready.Json.Utf8.Length);
            GatewayMeter.FramesSent.Add(sent);
            GatewayMeter.FramesConflated.Add(behind);
        }
    }

    private void DropSlowClients()
    {
        foreach (var (id, client) in _clients)
        {
            if (client.SendingSince is > 0 and var since
                && context.Time.GetElapsedTime(since) > ChannelContext.SlowClientMax)
            {
                Leave(id);
                GatewayMeter.SlowClientsDropped.Add(1);
                context.Drop(client.Connection, "TooSlow");
            }
        }
    }

    /// <summary>Serialised once for everybody who asks until the next frame.</summary>
    private RawJson SnapshotJson() =>
        _snapshot ??= new RawJson(JsonSerializer.SerializeToUtf8Bytes(_model!.Snapshot, MeshJson.Options));
}
