using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Json;
using GridMesh.Contracts.Letters;

namespace GridMesh.Gateway.Sensors;

/// <summary>A device that sends and is not in the directory, or is there as another kind.</summary>
/// <param name="From">Area of the token that sent for it.</param>
internal sealed record UnknownDevice(
    string Device, string Kind, AreaCode From, long Count, DateTimeOffset FirstSeenAt, DateTimeOffset LastSeenAt);

/// <summary>
/// The devices that were refused lately, for whoever keeps the directory. In memory of this process: a device that
/// still sends is soon here again after a restart.
/// </summary>
internal sealed class UnknownDevices(TimeProvider time)
{
    /// <summary>Most devices held; the one that was silent longest is forgotten for a new one.</summary>
    public const int DevicesMax = 1_000;

    /// <summary>Longest id held, in characters; the rest of a longer one is cut off.</summary>
    private const int IdMax = 64;

    private readonly Lock _lock = new();
    private readonly LinkedList<UnknownDevice> _devices = new();
    private readonly Dictionary<(string Device, string Kind, AreaCode From), LinkedListNode<UnknownDevice>> _places =
        [];

    private long _forgotten;

    /// <summary>Devices that were forgotten for others since the start.</summary>
    public long Forgotten => Interlocked.Read(ref _forgotten);

    public void Seen(string device, string kind, AreaCode from)
    {
        var id = WholeText.Cut(device, IdMax);
        var now = time.GetUtcNow();
        lock (_lock)
        {
            if (_places.Remove((id, kind, from), out var place))
            {
                _devices.Remove(place);
            }
            else if (_places.Count >= DevicesMax && _devices.Last is { Value: var silent })
            {
                _devices.RemoveLast();
                _places.Remove((silent.Device, silent.Kind, silent.From));
                _forgotten++;
            }

            var seen = place?.Value is { } before
                ? before with { Count = before.Count + 1, LastSeenAt = now }
                : new UnknownDevice(id, kind, from, 1, now, now);
            _places[(id, kind, from)] = _devices.AddFirst(seen);
        }
    }

    /// <summary>Those that were sent for within the area and are unknown still, the latest first.</summary>
    public IReadOnlyList<UnknownDevice> Read(AreaCode within, DirectoryView view)
    {
        lock (_lock)
        {
            return [.. _devices.Where(one => within.Contains(one.From)
                && !(view.Devices.TryGetValue(one.Device, out var device)
                    && EnumName.TryParse<SensorKind>(one.Kind, out var kind, ignoreCase: true)
                    && device.Kind == kind))];
        }
    }
}
