using System.Text.Json;
using GridMesh.Client;

namespace GridMesh.Load.Fleets;

/// <summary>
/// A phone or a wall of the fleet: watches one area as a browser does. Knows where it stands, follows frame by frame,
/// asks again at a gap, and comes back where it was. A few keep the whole as well.
/// </summary>
internal sealed class FleetClient(int number, AreaLog area, FleetContext context, bool keepsAll) : ILinkOwner
{
    /// <summary>Most frames kept while an answer is on its way, as the wall has it.</summary>
    private const int EarlyMax = 64;

    private readonly Lock _gate = new();
    private readonly Queue<(FrameHead Head, JsonElement? Body)> _early = new();
    private FleetLink? _link;
    private TaskCompletionSource<bool>? _coming;
    private TaskCompletionSource? _going;
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

    public (long Epoch, long Version) Stand
    {
        get
        {
            lock (_gate)
            {
                return (_epoch, _version);
            }
        }
    }

    /// <summary>Connects and watches; true when it is current, false when that failed.</summary>
    public Task<bool> ComeAsync()
    {
        var coming = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var link = context.Link(number, area.Code, this);
        lock (_gate)
        {
            (_coming, _link) = (coming, link);
        }

        link.Open();
        return coming.Task;
    }

    /// <summary>Cuts the connection and waits until it is over.</summary>
    public Task GoAsync()
    {
        FleetLink link;
        var going = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_link is null)
            {
                return Task.CompletedTask;
            }

            (link, _going) = (_link, going);
        }

        link.Drop();
        return going.Task;
    }

    /// <summary>Forgets what is held: the next coming is the first one.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            (_epoch, _version) = (0, 0);
        }
    }

    /// <summary>Says that it is alive.</summary>
    public void Ping()
    {
        if (IsCurrent)
        {
            _link?.Send(ClientFrames.Ping);
        }
    }

    /// <summary>Reads the whole between two frames.</summary>
    public T Read<T>(Func<WallState, T> read)
    {
        lock (_gate)
        {
            return read(State!);
        }
    }

    public void OnOpen(FleetLink link) => link.Send(ClientFrames.Handshake);

    public void OnRecord(FleetLink link, ReadOnlySpan<byte> record)
    {
        switch (HubRecord.KindOf(record))
        {
            case RecordKind.Handshake:
                Ask(link);
                break;
            case RecordKind.Frame:
                Take(link, record);
                break;
            case RecordKind.Answer:
                Accept(link, record);
                break;
            case RecordKind.Closing:
                throw new InvalidDataException(System.Text.Encoding.UTF8.GetString(record));
            default:
                break;
        }
    }

    public void OnEnd(FleetLink link, string? reason)
    {
        TaskCompletionSource? going;
        lock (_gate)
        {
            _link = null;
            _isCurrent = false;
            _early.Clear();
            (going, _going) = (_going, null);
        }

        if (reason is not null)
        {
            context.Tally.Break(reason);
        }

        _coming?.TrySetResult(false);
        going?.TrySetResult();
    }

    private void Ask(FleetLink link)
    {
        byte[] call;
        lock (_gate)
        {
            _isCurrent = false;
            call = ClientFrames.Watch(++_invocation, area.Code, _epoch, _version);
        }

        link.Send(call);
    }

    private void Take(FleetLink link, ReadOnlySpan<byte> record)
    {
        var now = context.UtcTicks;
        var head = HubRecord.FrameOf(record);
        if (!head.IsSignOfLife)
        {
            context.Tally.Frame(head, record.Length, area, now);
        }

        lock (_gate)
        {
            JsonElement? body = State is null ? null : Body(record);
            LastFrame = head.To - head.From == 1 ? body : LastFrame;
            if (!_isCurrent)
            {
                if (_early.Count < EarlyMax)
                {
                    _early.Enqueue((head, body));
                }

                return;
            }

            if (Follow(head, body))
            {
                return;
            }
        }

        context.Tally.Gap();
        Ask(link);
    }

    /// <summary>False when the frame does not continue what is held.</summary>
    private bool Follow(in FrameHead head, JsonElement? body)
    {
        if (head.Epoch == _epoch && head.To <= _version)
        {
            return true;
        }

        if (head.Epoch != _epoch || head.From != _version)
        {
            return false;
        }

        _version = head.To;
        return body is not { } frame || State!.TryApply(frame);
    }

    private void Accept(FleetLink link, ReadOnlySpan<byte> record)
    {
        var answer = HubRecord.AnswerOf(record);
        var fits = true;
        lock (_gate)
        {
            if (answer.Frames is null)
            {
                context.Tally.Snapshot();
                (_epoch, _version) = (answer.Stand.Epoch, answer.Stand.To);
                State?.Wipe(Result(record).GetProperty("area"));
            }
            else
            {
                context.Tally.Resume();
                fits = Resume(answer.Frames, record);
            }

            while (fits && _early.TryDequeue(out var early))
            {
                fits = Follow(early.Head, early.Body);
            }

            _early.Clear();
            _isCurrent = fits;
        }

        if (fits)
        {
            _coming?.TrySetResult(true);
        }
        else
        {
            context.Tally.Gap();
            Ask(link);
        }
    }

    private bool Resume(IReadOnlyList<FrameHead> frames, ReadOnlySpan<byte> record)
    {
        var bodies = State is null ? null : Result(record).GetProperty("frames").EnumerateArray().ToArray();
        for (var i = 0; i < frames.Count; i++)
        {
            if (!Follow(frames[i], bodies?[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static JsonElement Result(ReadOnlySpan<byte> record)
    {
        var reader = new Utf8JsonReader(record);
        return JsonElement.ParseValue(ref reader).GetProperty("result");
    }

    private static JsonElement Body(ReadOnlySpan<byte> record)
    {
        var reader = new Utf8JsonReader(record);
        return JsonElement.ParseValue(ref reader).GetProperty("arguments")[0];
    }
}
