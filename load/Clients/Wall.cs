using System.Text.Json;
using GridMesh.Client;
using Microsoft.AspNetCore.SignalR.Client;

namespace GridMesh.Load.Clients;

/// <summary>
/// A wall that watches one area as a browser does: applies frames, watches again at a gap, comes back when the
/// connection breaks, for as long as it lives.
/// </summary>
internal sealed class Wall : IAsyncDisposable
{
    /// <summary>Most frames kept while an answer to a watch is on its way; the oldest goes, which is one more gap.</summary>
    private const int EarlyMax = 1_000;

    private static readonly TimeSpan s_comeBack = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_watchPatience = TimeSpan.FromSeconds(10);

    private readonly HubConnection _hub;
    private readonly string _code;
    private readonly TimeProvider _time;
    private readonly Action<string, long> _onCard;
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _gate = new();
    private readonly Queue<JsonElement> _early = new();
    private readonly WallState _state = new();
    private Task _following = Task.CompletedTask;
    private bool _isCurrent;

    private Wall(HubConnection hub, string code, TimeProvider time, Action<string, long> onCard)
    {
        (_hub, _code, _time, _onCard) = (hub, code, time, onCard);
        hub.On<JsonElement>("frame", OnFrame);
        hub.Closed += _ =>
        {
            Lose();
            return Task.CompletedTask;
        };
    }

    public int Frames { get; private set; }

    /// <summary>Frames that did not fit what was held.</summary>
    public int Gaps { get; private set; }

    /// <summary>Times that the connection broke.</summary>
    public int Breaks { get; private set; }

    /// <summary>Times that the whole was taken, the first one included.</summary>
    public int Snapshots { get; private set; }

    /// <summary>True while what is held follows from a snapshot without a gap.</summary>
    public bool IsCurrent
    {
        get
        {
            lock (_gate)
            {
                return _isCurrent;
            }
        }
    }

    /// <param name="onCard">Told the number of each case whose card came, and when.</param>
    public static async Task<Wall> WatchAsync(
        Uri url, string token, string code, TimeProvider time, Action<string, long> onCard)
    {
        var wall = new Wall(WallLink.Create(url, token), code, time, onCard);
        await wall._hub.StartAsync();
        await wall.TakeAsync();
        return wall;
    }

    /// <summary>Reads the state between two frames.</summary>
    public T Read<T>(Func<WallState, T> read)
    {
        lock (_gate)
        {
            return read(_state);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _hub.DisposeAsync();
        await _following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _closing.Dispose();
    }

    private void OnFrame(JsonElement frame)
    {
        var at = _time.GetTimestamp();
        lock (_gate)
        {
            Frames++;
            See(frame, at);
            if (!_isCurrent)
            {
                _early.Enqueue(frame);
                if (_early.Count > EarlyMax)
                {
                    _early.Dequeue();
                }
            }
            else if (!_state.TryApply(frame))
            {
                Gaps++;
                _isCurrent = false;
                _following = FollowAsync();
            }
        }
    }

    private void See(JsonElement frame, long at)
    {
        if (frame.TryGetProperty("incidents", out var incidents))
        {
            foreach (var card in incidents.GetProperty("put").EnumerateArray())
            {
                _onCard(card.GetProperty("id").GetString()!, at);
            }
        }
    }

    private void Lose()
    {
        lock (_gate)
        {
            if (_closing.IsCancellationRequested)
            {
                return;
            }

            Breaks++;
            var wasFollowing = !_isCurrent && !_following.IsCompleted;
            _isCurrent = false;
            if (!wasFollowing)
            {
                _following = FollowAsync();
            }
        }
    }

    /// <summary>Connects where that is needed and watches, until what is held is current again.</summary>
    private async Task FollowAsync()
    {
        await Task.Yield();
        while (!IsCurrent && !_closing.IsCancellationRequested)
        {
            try
            {
                if (_hub.State == HubConnectionState.Disconnected)
                {
                    await _hub.StartAsync(_closing.Token);
                }

                await TakeAsync();
            }
            catch (Exception)
            {
                // Whatever is wrong with a product that is down or starting, the answer is to come back soon.
                await Task.Delay(s_comeBack, _time, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task TakeAsync()
    {
        var since = Read(state => state.Epoch == 0 ? null : new { epoch = state.Epoch, version = state.Version });
        var result = await _hub.InvokeAsync<JsonElement>("Watch", _code, since, _closing.Token)
            .WaitAsync(s_watchPatience, _time, _closing.Token);
        var at = _time.GetTimestamp();
        lock (_gate)
        {
            if (result.GetProperty("kind").GetString() == "snapshot")
            {
                Snapshots++;
                var area = result.GetProperty("area");
                _state.Wipe(area);
                foreach (var card in area.GetProperty("incidents").EnumerateArray())
                {
                    _onCard(card.GetProperty("id").GetString()!, at);
                }
            }
            else
            {
                foreach (var frame in result.GetProperty("frames").EnumerateArray())
                {
                    _state.TryApply(frame);
                    See(frame, at);
                }
            }

            _isCurrent = ApplyEarly();
        }
    }

    private bool ApplyEarly()
    {
        var fits = true;
        while (_early.TryDequeue(out var frame))
        {
            if (fits && !_state.TryApply(frame))
            {
                Gaps++;
                fits = false;
            }
        }

        return fits;
    }
}
