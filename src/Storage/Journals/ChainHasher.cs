using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using GridMesh.Contracts.Storage;

namespace GridMesh.Storage.Journals;

/// <summary>The end of a hash chain.</summary>
/// <param name="Link">Facts in the chain so far.</param>
/// <param name="Hash">Hash of the last of them; 32 zero bytes for an empty chain.</param>
internal readonly record struct ChainHead(long Link, byte[] Hash)
{
    public static ChainHead Empty { get; } = new(0, new byte[SHA256.HashSizeInBytes]);
}

/// <summary>
/// Hash of a fact: SHA-256 over the previous hash and the fact, each field with its length before it, so that no two
/// facts have the same bytes. Numbers are big-endian, times UTC ticks. Not for two threads at a time.
/// </summary>
internal sealed class ChainHasher
{
    private byte[] _buffer = new byte[1024];
    private int _length;

    public ChainHead Next(ChainHead head, JournalAppend append, NewFact fact, long version) =>
        new(head.Link + 1,
            Hash(head.Hash, append.Stream, version, append.CommandId, fact.Type, fact.At, fact.By, fact.Payload.Span));

    public byte[] Hash(ReadOnlySpan<byte> previous, JournalRecord fact) =>
        Hash(previous, fact.Stream, fact.Version, fact.CommandId, fact.Type, fact.At, fact.By, fact.Payload.Span);

    private byte[] Hash(
        ReadOnlySpan<byte> previous, string stream, long version, Guid command, string type, DateTimeOffset at,
        string by, ReadOnlySpan<byte> payload)
    {
        _length = 0;
        Bytes(previous);
        Text(stream);
        BinaryPrimitives.WriteInt64BigEndian(Room(sizeof(long)), version);
        command.TryWriteBytes(Room(16), bigEndian: true, out _);
        Text(type);
        BinaryPrimitives.WriteInt64BigEndian(Room(sizeof(long)), at.UtcTicks);
        Text(by);
        Bytes(payload);
        return SHA256.HashData(_buffer.AsSpan(0, _length));
    }

    private void Text(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        BinaryPrimitives.WriteInt32BigEndian(Room(sizeof(int)), length);
        Encoding.UTF8.GetBytes(text, Room(length));
    }

    private void Bytes(ReadOnlySpan<byte> bytes)
    {
        BinaryPrimitives.WriteInt32BigEndian(Room(sizeof(int)), bytes.Length);
        bytes.CopyTo(Room(bytes.Length));
    }

    private Span<byte> Room(int bytes)
    {
        if (_length + bytes > _buffer.Length)
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + bytes));
        _length += bytes;
        return _buffer.AsSpan(_length - bytes, bytes);
    }
}
