using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace GridMesh.Gateway.Plumbing.Sockets;

/// <summary>
/// One client's WebSocket under SignalR. The transport that SignalR brings puts a pipe, a task and a turn of the thread
/// pool between a message and Kestrel; here a message is framed once for all its receivers and goes to Kestrel at once.
/// </summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage(
    "Design", "CA1001", Justification = "The source has no timer and no wait handle, so it holds nothing to dispose.")]
internal sealed class HubSocket
    : ConnectionContext, IConnectionHeartbeatFeature, IConnectionLifetimeNotificationFeature, IHttpContextFeature
{
    /// <summary>Most bytes of a client that wait for the hub; then its line is not read.</summary>
    private const int InputMax = 64 * 1024;

    /// <summary>How long a peer may take to answer the farewell.</summary>
    private static readonly TimeSpan s_farewellMax = TimeSpan.FromSeconds(5);

    /// <summary>
    /// A write that hangs for longer ends the connection; channels drop slow clients before, with a reason.
    /// </summary>
    private static readonly TimeSpan s_writeMax = TimeSpan.FromSeconds(15);

    private static readonly PipeOptions s_input = new(
        pauseWriterThreshold: InputMax, resumeWriterThreshold: InputMax / 2, useSynchronizationContext: false);

    private readonly HttpContext _http;
    private readonly Stream _stream;
    private readonly TimeProvider _time;
    private readonly DateTimeOffset? _expires;
    private readonly ClientLine _line;
    private readonly Pipe _input = new(s_input);
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly List<(Action<object> Tick, object State)> _beats = new(2);
    private Task _writing = Task.CompletedTask;
    private long _writingSince;
    private byte[]? _pong;
    private volatile bool _isOver;

    /// <param name="expires">When the token ends that let the client in, and the connection with it.</param>
    public HubSocket(HttpContext http, Stream stream, DateTimeOffset? expires, TimeProvider time)
    {
        (_http, _stream, _expires, _time, ConnectionId) = (http, stream, expires, time, http.Connection.Id);
        _line = ClientLine.Of(http, time);
        Transport = new Duplex(_input.Reader, new SocketWriter(this));
        Features.Set<IConnectionHeartbeatFeature>(this);
        Features.Set<IConnectionLifetimeNotificationFeature>(this);
        Features.Set<IHttpContextFeature>(this);
        Features.Set(this);
        Features.Set(_line);
    }

    public override string ConnectionId { get; set; }

    public override IFeatureCollection Features { get; } = new FeatureCollection(4);

    public override IDictionary<object, object?> Items { get; set; } = new ConnectionItems();

    public override IDuplexPipe Transport { get; set; }

    public HttpContext? HttpContext
    {
        get => _http;
        set => throw new NotSupportedException("a socket keeps the request that it came with");
    }

    public CancellationToken ConnectionClosedRequested
    {
        get => _closing.Token;
        set => throw new NotSupportedException("a socket is asked to close by RequestClose");
    }

    public void RequestClose() =>
        ThreadPool.UnsafeQueueUserWorkItem(static socket => socket._closing.Cancel(), this, preferLocal: false);

    public void OnHeartbeat(Action<object> action, object state)
    {
        lock (_beats)
        {
            _beats.Add((action, state));
        }
    }

    /// <summary>About once a second: SignalR's pings and time-outs, the end of the token, a write that hangs.</summary>
    public void Beat()
    {
        lock (_beats)
        {
            foreach (var (tick, state) in _beats)
                tick(state);
        }

        if (_expires < _time.GetUtcNow())
            RequestClose();

        if (Volatile.Read(ref _writingSince) is > 0 and var since && _time.GetElapsedTime(since) > s_writeMax)
            Abort();
    }

    /// <summary>
    /// Sends whole frames, in the order of the calls. Completes at once while Kestrel has room, else when it has. The
    /// bytes must not change until then.
    /// </summary>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> frames)
    {
        if (_isOver)
            return default;

        _line.Wrote(frames.Length);
        lock (_gate)
        {
            if (!_writing.IsCompleted)
            {
                _writing = WriteAfterAsync(_writing, frames);
                return new ValueTask(_writing);
            }

            var writing = _stream.WriteAsync(frames);
            if (writing.IsCompletedSuccessfully)
                return default;

            Volatile.Write(ref _writingSince, _time.GetTimestamp());
            _writing = FinishAsync(writing);
            return new ValueTask(_writing);
        }
    }

    /// <summary>
    /// Answers a ping. While an answer waits for room only the latest ping is remembered, as RFC 6455 (5.5.3) allows,
    /// so that whoever pings and does not read fills nothing.
    /// </summary>
    public void Pong(byte[] payload)
    {
        if (Interlocked.Exchange(ref _pong, payload) is null)
            _ = PongAsync();
    }

    /// <summary>Cuts the line, whatever is still on its way.</summary>
    public override void Abort(ConnectionAbortedException abortReason) => _http.Abort();

    public override void Abort() => _http.Abort();

    /// <summary>Serves the client until the hub or the line has ended.</summary>
    public async Task RunAsync(ConnectionHandler hub)
    {
        var receiving = new SocketReceiver(_stream, _input.Writer, this).RunAsync();
        try
        {
            await hub.OnConnectedAsync(this);
        }
        finally
        {
            await _input.Reader.CompleteAsync();
            await FarewellAsync(receiving);
            _isOver = true;
        }
    }

    private async Task FarewellAsync(Task receiving)
    {
        using var patience = new CancellationTokenSource(s_farewellMax, _time);
        try
        {
            await Task.WhenAll(WriteAsync(WireFrames.Close).AsTask(), receiving).WaitAsync(patience.Token);
        }
        catch (Exception)
        {
            // Whoever does not say goodbye in time, or is gone already, is cut off.
            _http.Abort();
            await receiving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task PongAsync()
    {
        // What is taken stays as a mark until it is out: no second one is on its way before.
        for (var payload = _pong; payload is not null;)
        {
            try
            {
                await WriteAsync(WireFrames.Of(WireKind.Pong, payload));
            }
            catch (Exception)
            {
                // The line is gone, and nobody waits for an answer.
                return;
            }

            var taken = payload;
            payload = Interlocked.CompareExchange(ref _pong, null, taken);
            payload = ReferenceEquals(payload, taken) ? null : payload;
        }
    }

    private async Task FinishAsync(ValueTask writing)
    {
        try
        {
            await writing;
        }
        finally
        {
            Volatile.Write(ref _writingSince, 0);
        }
    }

    private async Task WriteAfterAsync(Task before, ReadOnlyMemory<byte> frames)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Volatile.Write(ref _writingSince, _time.GetTimestamp());
        await FinishAsync(_stream.WriteAsync(frames));
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
