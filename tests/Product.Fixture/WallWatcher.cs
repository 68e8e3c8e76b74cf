using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace GridMesh.Product.Fixture;

/// <summary>A wall as a client sees it: watches one area, applies frames, watches again at a gap.</summary>
public sealed class WallWatcher : IAsyncDisposable
{
    private readonly HubConnection _hub;
    private readonly Lock _gate = new();
    private readonly ConcurrentQueue<JsonElement> _early = new();
    private readonly string _code;
    private bool _watching;

    private WallWatcher(HubConnection hub, string code)
    {
        (_hub, _code) = (hub, code);
        hub.On<JsonElement>("frame", OnFrame);
        hub.On<string>("closing", reason => ClosingReason = reason);
    }

    public HubConnection Hub => _hub;

    public WallState State { get; } = new();

    /// <summary>Frames that did not fit what was held.</summary>
    public int Gaps { get; private set; }

    public int Frames { get; private set; }

    public string? ClosingReason { get; private set; }

    public static HubConnection Connect(Uri url, string token)
    {
        var address = new UriBuilder(url) { Scheme = "ws", Path = "/hubs/mesh", Query = $"access_token={token}" }.Uri;
        var services = new ServiceCollection();
        services.AddSingleton<IConnectionFactory, WebSocketFactory>();
        services.AddSingleton<EndPoint>(new UriEndPoint(address));
        services.AddSingleton<IHubProtocol, JsonHubProtocol>();
        services.AddLogging();
        var provider = services.BuildServiceProvider();
        return new HubConnection(
            provider.GetRequiredService<IConnectionFactory>(), provider.GetRequiredService<IHubProtocol>(),
            new UriEndPoint(address), provider, NullLoggerFactory.Instance);
    }

    public static async Task<WallWatcher> WatchAsync(MeshApp app, string token, string code) =>
        await WatchAsync(app.Url, token, code);

    public static async Task<WallWatcher> WatchAsync(Uri url, string token, string code)
    {
        var hub = Connect(url, token);
        var watcher = new WallWatcher(hub, code);
        await hub.StartAsync();
        await watcher.WatchAsync();
        return watcher;
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
                _ = WatchAsync();
            }
        }
    }

    private sealed class WebSocketFactory : IConnectionFactory
    {
        public async ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
        {
            var socket = new ClientWebSocket();
            await socket.ConnectAsync(((UriEndPoint)endpoint).Uri, cancellationToken);
            return new WebSocketConnection(socket);
        }
    }

    /// <summary>The transport that SignalR's client package would bring: a WebSocket as a pair of pipes.</summary>
    private sealed class WebSocketConnection : DefaultConnectionContext
    {
        private readonly ClientWebSocket _socket;

        public WebSocketConnection(ClientWebSocket socket)
        {
            _socket = socket;
            ConnectionId = Guid.NewGuid().ToString("N");
            var input = new Pipe();
            var output = new Pipe();
            Transport = new DuplexPipe(input.Reader, output.Writer);
            _ = ReceiveAsync(input.Writer);
            _ = SendAsync(output.Reader);
        }

        public override async ValueTask DisposeAsync()
        {
            _socket.Abort();
            _socket.Dispose();
            await base.DisposeAsync();
        }

        private async Task ReceiveAsync(PipeWriter writer)
        {
            try
            {
                while (true)
                {
                    var result = await _socket.ReceiveAsync(writer.GetMemory(4096), CancellationToken.None);
                    if (result.MessageType == WebSocketMessageType.Close)
                    {
                        break;
                    }

                    writer.Advance(result.Count);
                    await writer.FlushAsync();
                }

                await writer.CompleteAsync();
            }
            catch (Exception e)
            {
                await writer.CompleteAsync(e);
            }
        }

        private async Task SendAsync(PipeReader reader)
        {
            try
            {
                while (true)
                {
                    var read = await reader.ReadAsync();
                    foreach (var segment in read.Buffer)
                    {
                        await _socket.SendAsync(segment, WebSocketMessageType.Text, true, CancellationToken.None);
                    }

                    reader.AdvanceTo(read.Buffer.End);
                    if (read.IsCompleted)
                    {
                        break;
                    }
                }
            }
            catch (Exception e)
            {
                await reader.CompleteAsync(e);
            }
        }

        private sealed record DuplexPipe(PipeReader Input, PipeWriter Output) : IDuplexPipe;
    }
}
