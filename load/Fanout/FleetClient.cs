using System.Buffers;
using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Runtime.InteropServices;

namespace GridMesh.Load.Fanout;

/// <summary>
/// A phone or a wall of the fleet: watches one area as a browser does. Knows where it stands, follows frame by frame,
/// asks again at a gap, and comes back where it was; a few keep the whole as well. A HubConnection of the client
/// package costs about 60 KB and the parsing of every frame; this costs a socket and 2 KB, so that what is measured is
/// the server.
/// </summary>
internal sealed class FleetClient(AreaLog area, Fleet fleet, bool keepsAll)
{
    /// <summary>Most frames kept while an answer is on its way, as the wall has it.</summary>
    private const int EarlyMax = 64;
    private const int BufferSize = 2_048;
    private const byte RecordEnd = 0x1e;
    private readonly Lock _gate = new();
    private readonly Queue<(FrameHead Head, JsonElement? Body)> _early = new();
    private Socket? _socket;
    private WebSocket? _line;
    private Task _following = Task.CompletedTask;
    private TaskCompletionSource<bool> _coming = new();
    private bool _isDropped;
    private int _invocation;
    private long _epoch;
    private long _version;
    private bool _isCurrent;
    public string Area => area.Code;

    /// <summary>What is held, of those that keep all.</summary>
    public WallState? State { get; } = keepsAll ? new WallState() : null;

    /// <summary>The latest frame as it was made, not merged, of those that keep all.</summary>
    public JsonElement? LastFrame { get; private set; }

    /// <summary>True while what is held follows from a snapshot without a gap.</summary>
    public bool IsCurrent => Volatile.Read(ref _isCurrent);

    /// <summary>Connects and watches; true when it is current, false when that failed.</summary>
    public Task<bool> ComeAsync()
    {
        (_coming, _isDropped) = (new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously),
            false);
        _following = FollowAsync();
        return _coming.Task;
    }

    public Task GoAsync()
    {
        _isDropped = true;
        _socket?.Dispose();
        return _following;
    }

    /// <summary>Says that it is alive: a server hangs up on a client that is silent for 30 s.</summary>
    public void Ping()
    {
        if (IsCurrent)
            Send("""{"type":6}""");
    }

    public T Read<T>(Func<WallState, T> read)
    {
        lock (_gate)
            return read(State!);
    }

    public void Take(ReadOnlySpan<byte> record)
    {
        if (HubRecord.IsFrame(record))
            TakeFrame(record);
        else if (HubRecord.IsAnswer(record))
            Accept(record);
        else if (HubRecord.IsHandshake(record))
            Ask();
        else if (HubRecord.IsClosing(record))
            throw new InvalidDataException(Encoding.UTF8.GetString(record));
    }

    private async Task FollowAsync()
    {
        string reason;
        try
        {
            _socket = await fleet.ConnectAsync();
            await using var stream = new NetworkStream(_socket, ownsSocket: true);
            await fleet.UpgradeAsync(stream, area.Code);
            using var line = _line = WebSocket.CreateFromStream(
                stream, new WebSocketCreationOptions { KeepAliveInterval = TimeSpan.Zero });
            Send("""{"protocol":"json","version":1}""");
            var records = PipeReader.Create(
                WebSocketStream.Create(line, WebSocketMessageType.Text),
                new StreamPipeReaderOptions(bufferSize: BufferSize));
            while (await records.ReadAsync() is { IsCompleted: false, Buffer: var run })
                records.AdvanceTo(Take(run), run.End);
            reason = "the server said goodbye";
        }
        catch (Exception e) when (e is WebSocketException or IOException or SocketException
            or ObjectDisposedException or InvalidDataException or JsonException or KeyNotFoundException
            or OperationCanceledException)
        {
            reason = e.Message;
        }

        _socket?.Dispose();
        lock (_gate)
        {
            _isCurrent = false;
            _early.Clear();
        }

        if (!_isDropped)
            fleet.Tally.Break(reason);
        _coming.TrySetResult(false);
    }

    /// <summary>Where the first message begins that is not there to its end.</summary>
    private SequencePosition Take(in ReadOnlySequence<byte> run)
    {
        var reader = new SequenceReader<byte>(run);
        while (reader.TryReadTo(out ReadOnlySpan<byte> record, RecordEnd))
            Take(record);
        return reader.Position;
    }

    /// <summary>What cannot be sent ends the connection, which the pending receive tells.</summary>
    private void Send(string message)
    {
        if (_line is { State: WebSocketState.Open } line)
        {
            byte[] bytes = [.. Encoding.UTF8.GetBytes(message), RecordEnd];
            _ = line.SendAsync(bytes.AsMemory(), WebSocketMessageType.Text, true, CancellationToken.None).AsTask()
                .ContinueWith(sending => sending.Exception, CancellationToken.None,
                    TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }
    }

    private void Ask()
    {
        string since;
        lock (_gate)
        {
            _isCurrent = false;
            since = _epoch == 0 ? "null" : $$"""{"epoch":{{_epoch}},"version":{{_version}}}""";
        }

        Send($$"""{"type":1,"invocationId":"{{++_invocation}}","target":"Watch","arguments":["{{area.Code}}",{{since}}]}""");
    }

    private void TakeFrame(ReadOnlySpan<byte> record)
    {
        var head = HubRecord.FrameOf(record);
        if (!head.IsSignOfLife)
            fleet.Tally.Frame(head, record.Length, area, fleet.Time.GetUtcNow().UtcTicks);
        lock (_gate)
        {
            JsonElement? body = State is null ? null : HubRecord.BodyOf(record);
            LastFrame = head.To - head.From == 1 ? body : LastFrame;
            if (!_isCurrent)
            {
                if (_early.Count < EarlyMax)
                    _early.Enqueue((head, body));
                return;
            }

            if (Follow(head, body))
                return;
        }

        fleet.Tally.Gaps.Add();
        Ask();
    }

    /// <summary>False when the frame does not continue what is held.</summary>
    private bool Follow(in FrameHead head, JsonElement? body)
    {
        if (head.Epoch == _epoch && head.To <= _version)
            return true;
        if (head.Epoch != _epoch || head.From != _version)
            return false;
        _version = head.To;
        return State is null || body is not { } frame || State.TryApply(frame);
    }

    private void Accept(ReadOnlySpan<byte> record)
    {
        var result = HubRecord.ResultOf(record);
        var fits = true;
        lock (_gate)
        {
            if (result.TryGetProperty("area", out var area))
            {
                fleet.Tally.Snapshots.Add();
                (_epoch, _version) = (area.GetProperty("epoch").GetInt64(), area.GetProperty("version").GetInt64());
                State?.Wipe(area);
            }
            else
            {
                fleet.Tally.Resumes.Add();
                fits = result.GetProperty("frames").EnumerateArray()
                    .All(frame => Follow(HubRecord.HeadOf(JsonMarshal.GetRawUtf8Value(frame)), frame));
            }

            while (fits && _early.TryDequeue(out var early))
                fits = Follow(early.Head, early.Body);
            _early.Clear();
            _isCurrent = fits;
        }

        if (fits)
            _coming.TrySetResult(true);
        else
        {
            fleet.Tally.Gaps.Add();
            Ask();
        }
    }
}
