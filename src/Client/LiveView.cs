using System.Text.Json;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace GridMesh.Client;

/// <summary>
/// One area as a wall shows it: applies frames, watches again at a gap, and comes back when the connection breaks or
/// the area is refused because it is just moving, for as long as it lives.
/// </summary>
public sealed class LiveView : IAsyncDisposable
{
    /// <summary>Most frames kept while an answer is on its way; the oldest goes, which is one more gap.</summary>
    private const int EarlyMax = 1_000;

    private static readonly TimeSpan s_comeBack = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_watchPatience = TimeSpan.FromSeconds(10);

    private readonly string _code;
    private readonly TimeProvider _time;
    private readonly Action<string>? _onCard;
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _gate = new();
    private readonly Queue<JsonElement> _early = new();
    private readonly WallState _state = new();
    private Task _following = Task.CompletedTask;
    private bool _isCurrent;

    private LiveView(HubConnection hub, string code, TimeProvider time, Action<string>? onCard)
    {
        (Hub, _code, _time, _onCard) = (hub, code, time, onCard);
        hub.On<JsonElement>("frame", OnFrame);
        hub.On<string>("closing", reason => ClosingReason = reason);
        hub.Closed += _ => OnClosedAsync();
    }

    public HubConnection Hub { get; }

    /// <summary>What is held. Frames change it at any time: <see cref="Read"/> reads between two of them.</summary>
    public WallState State => _state;

    public int Frames { get; private set; }

    /// <summary>Frames that did not fit what was held.</summary>
    public int Gaps { get; private set; }

    /// <summary>Times that the connection broke.</summary>
    public int Breaks { get; private set; }

    /// <summary>Times that the whole was taken, the first one included.</summary>
    public int Snapshots { get; private set; }

    /// <summary>Why the product ended the connection, where it said so.</summary>
    public string? ClosingReason { get; private set; }

    /// <summary>True while what is held follows from a snapshot without a gap.</summary>
    public bool IsCurrent => Read(_ => _isCurrent);

    /// <summary>A connection to a product's hub, by a WebSocket without negotiation; it is not started yet.</summary>
    /// <param name="token">A bearer token; it says what may be watched.</param>
    public static HubConnection Connect(Uri url, string token) => new HubConnectionBuilder()
        .WithUrl(new Uri(url, "/hubs/mesh"), options =>
        {
            options.Transports = HttpTransportType.WebSockets;
            options.SkipNegotiation = true;
            options.AccessTokenProvider = () => Task.FromResult<string?>(token);
        })
        .Build();

    /// <param name="onCard">Told the number of each case whose card came.</param>
    public static async Task<LiveView> WatchAsync(
        Uri url, string token, string code, Action<string>? onCard = null, TimeProvider? time = null)
    {
        var view = new LiveView(Connect(url, token), code, time ?? TimeProvider.System, onCard);
        try
        {
            await view.Hub.StartAsync();
            do
                await view.TakeAsync();
            while (!view.IsCurrent);
            return view;
        }
        catch
        {
            await view.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reads the state between two frames.</summary>
    public T Read<T>(Func<WallState, T> read)
    {
        lock (_gate)
            return read(_state);
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await Hub.DisposeAsync();
        await _following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _closing.Dispose();
    }

    private void OnFrame(JsonElement frame)
    {
        lock (_gate)
        {
            Frames++;
            See(frame);
            if (!_isCurrent)
            {
                _early.Enqueue(frame);
                if (_early.Count > EarlyMax)
                    _early.Dequeue();
            }
            else if (!_state.TryApply(frame))
            {
                Gaps++;
                _isCurrent = false;
                _following = FollowAsync();
            }
        }
    }

    private void See(JsonElement frame)
    {
        if (_onCard is not null && frame.TryGetProperty("incidents", out var incidents))
            Show(incidents.GetProperty("put"));
    }

    private void Show(JsonElement cards)
    {
        foreach (var card in cards.EnumerateArray())
            _onCard?.Invoke(card.GetProperty("id").GetString()!);
    }

    private Task OnClosedAsync()
    {
        lock (_gate)
        {
            if (!_closing.IsCancellationRequested)
            {
                Breaks++;
                var wasFollowing = !_isCurrent && !_following.IsCompleted;
                _isCurrent = false;
                if (!wasFollowing)
                    _following = FollowAsync();
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>Connects where that is needed and watches, until what is held is current again.</summary>
    private async Task FollowAsync()
    {
        await Task.Yield();
        while (!IsCurrent && !_closing.IsCancellationRequested)
        {
            try
            {
                if (Hub.State == HubConnectionState.Disconnected)
                    await Hub.StartAsync(_closing.Token);
                await TakeAsync();
            }
            catch (Exception)
            {
                // Whatever is wrong with a product that is down or starting, the answer is to come back soon.
                await Task.Delay(s_comeBack, _time, _closing.Token)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task TakeAsync()
    {
        var since = Read(state => state.Epoch == 0 ? null : new { epoch = state.Epoch, version = state.Version });
        var result = await Hub.InvokeAsync<JsonElement>("Watch", _code, since, _closing.Token)
            .WaitAsync(s_watchPatience, _time, _closing.Token);
        lock (_gate)
        {
            if (result.GetProperty("kind").GetString() == "snapshot")
            {
                Snapshots++;
                _state.Wipe(result.GetProperty("area"));
                Show(result.GetProperty("area").GetProperty("incidents"));
            }
            else
            {
                foreach (var frame in result.GetProperty("frames").EnumerateArray())
                {
                    _state.TryApply(frame);
                    See(frame);
                }
            }

            // A connection that broke behind its answer gets no frames, however current the answer is.
            _isCurrent = Hub.State == HubConnectionState.Connected;
            while (_early.TryDequeue(out var early))
            {
                if (_isCurrent && !_state.TryApply(early))
                {
                    Gaps++;
                    _isCurrent = false;
                }
            }
        }
    }
}
