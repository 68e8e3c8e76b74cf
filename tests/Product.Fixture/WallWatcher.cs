using System.Collections.Concurrent;
using System.Text.Json;
using GridMesh.Client;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace GridMesh.Product.Fixture;

/// <summary>A wall as a client sees it: watches one area, applies frames, watches again at a gap.</summary>
public sealed class WallWatcher : IAsyncDisposable
{
    private static readonly TimeSpan s_pauseRefused = TimeSpan.FromMilliseconds(300);

    private readonly Uri _url;
    private readonly string _token;
    private readonly Lock _gate = new();
    private readonly ConcurrentQueue<JsonElement> _early = new();
    private readonly string _code;
    private HubConnection _hub;
    private bool _watching;

    private WallWatcher(Uri url, string token, string code)
    {
        (_url, _token, _code) = (url, token, code);
        _hub = Listen();
    }

    public HubConnection Hub => _hub;

    public WallState State { get; } = new();

    /// <summary>Frames that did not fit what was held.</summary>
    public int Gaps { get; private set; }

    public int Frames { get; private set; }

    public string? ClosingReason { get; private set; }

    public static HubConnection Connect(Uri url, string token) => WallLink.Create(url, token);

    public static async Task<WallWatcher> WatchAsync(MeshApp app, string token, string code) =>
        await WatchAsync(app.Url, token, code);

    public static async Task<WallWatcher> WatchAsync(Uri url, string token, string code)
    {
        var watcher = new WallWatcher(url, token, code);
        await watcher._hub.StartAsync();
        await watcher.WatchAsync();
        return watcher;
    }

    /// <summary>Connects anew after the gateway has gone and come back, and goes on with what is held.</summary>
    public async Task<string> ComeBackAsync()
    {
        await _hub.DisposeAsync();
        lock (_gate)
        {
            _watching = false;
            _early.Clear();
        }

        _hub = Listen();
        await _hub.StartAsync();
        return await WatchAsync();
    }

    /// <summary>Waits until what the wall shows fulfils a wish.</summary>
    public Task UntilAsync(Func<WallState, bool> holds, string what) => Eventually.TrueAsync(
        () =>
        {
            lock (_gate)
            {
                return holds(State);
            }
        },
        what);

    public async Task<string> WatchAsync()
    {
        var since = State.Epoch == 0 ? null : new { epoch = State.Epoch, version = State.Version };
        var result = await _hub.InvokeAsync<JsonElement>("Watch", _code, since);
        var kind = result.GetProperty("kind").GetString()!;
        lock (_gate)
        {
            if (kind == "snapshot")
            {
                State.Wipe(result.GetProperty("area"));
            }
            else
            {
                foreach (var frame in result.GetProperty("frames").EnumerateArray())
                {
                    State.TryApply(frame);
                }
            }

            _watching = true;
            while (_early.TryDequeue(out var frame))
            {
                State.TryApply(frame);
            }
        }

        return kind;
    }

    public async ValueTask DisposeAsync() => await _hub.DisposeAsync();

    /// <summary>A refusal, because the area is just moving from one silo to another, is no end.</summary>
    private async Task WatchAgainAsync(HubConnection hub)
    {
        using var pause = new PeriodicTimer(s_pauseRefused);
        while (hub == _hub)
        {
            try
            {
                await WatchAsync();
                return;
            }
            catch (HubException)
            {
                await pause.WaitForNextTickAsync();
            }
        }
    }

    private HubConnection Listen()
    {
        var hub = Connect(_url, _token);
        hub.On<JsonElement>("frame", OnFrame);
        hub.On<string>("closing", reason => ClosingReason = reason);
        return hub;
    }

    private void OnFrame(JsonElement frame)
    {
        lock (_gate)
        {
            Frames++;
            if (!_watching)
            {
                _early.Enqueue(frame);
                return;
            }

            if (!State.TryApply(frame))
            {
                Gaps++;
                _watching = false;
                _ = WatchAgainAsync(_hub);
            }
        }
    }
}
