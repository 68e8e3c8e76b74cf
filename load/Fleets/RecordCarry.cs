using System.Buffers;

namespace GridMesh.Load.Fleets;

/// <summary>Keeps the beginning of a SignalR message until its end comes. Holds memory only while it has to.</summary>
internal struct RecordCarry
{
    /// <summary>Longest message taken, in bytes: more than any snapshot within its bounds.</summary>
    public const int RecordMax = 16_000_000;

    private byte[]? _bytes;
    private int _count;

    public readonly bool IsEmpty => _count == 0;

    public readonly ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _count);

    /// <exception cref="InvalidDataException">The message is longer than any that is taken.</exception>
    public void Add(ReadOnlySpan<byte> part)
    {
        var count = _count + part.Length;
        if (count > RecordMax)
        {
            throw new InvalidDataException($"a message of the server is longer than {RecordMax} bytes");
        }

        if (_bytes is null || count > _bytes.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(count, (_bytes?.Length ?? 0) * 2));
            Bytes.CopyTo(larger);
            Return();
            _bytes = larger;
        }

        part.CopyTo(_bytes.AsSpan(_count));
        _count = count;
    }

    public void Clear()
    {
        Return();
        (_bytes, _count) = (null, 0);
    }

    private readonly void Return()
    {
        if (_bytes is not null)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }
    }
}
