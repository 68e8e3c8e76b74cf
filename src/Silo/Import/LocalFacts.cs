using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using GridMesh.Contracts.Facts;
using GridMesh.Contracts.Storage;

namespace GridMesh.Silo.Import;

/// <summary>
/// What this database has, in short, to tell whether the facts of a package are the same or other ones: sixteen bytes
/// a fact, and where each command went.
/// </summary>
internal sealed class LocalFacts
{
    private static readonly byte[] s_erased = Encoding.UTF8.GetBytes(Erased.Text);

    private readonly Dictionary<string, List<FactMark>> _streams = [];
    private readonly Dictionary<Guid, string> _commands = [];

    public static async Task<LocalFacts> ReadAsync(IJournal journal)
    {
        var local = new LocalFacts();
        await foreach (var record in journal.ReadAllAsync())
        {
            if (!local._streams.TryGetValue(record.Stream, out var marks))
                local._streams[record.Stream] = marks = [];

            marks.Add(MarkOf(record));
            local._commands[record.CommandId] = record.Stream;
        }

        return local;
    }

    /// <summary>True when the same fact is here already; false when it is new.</summary>
    /// <exception cref="InvalidDataException">
    /// Another fact is here in its place, or its command went elsewhere.
    /// </exception>
    public bool Has(JournalRecord record)
    {
        if (_streams.GetValueOrDefault(record.Stream) is { } marks && marks.Count >= record.Version)
        {
            return marks[(int)record.Version - 1].IsSameAs(MarkOf(record))
                ? true
                : throw new InvalidDataException(
                    $"{record.Stream}: this database has another fact {record.Version} of it 本库已有不同的事实");
        }

        return _commands.GetValueOrDefault(record.CommandId) is { } stream && stream != record.Stream
            ? throw new InvalidDataException(
                $"{record.Stream}: the command of fact {record.Version} is one of {stream} in this database")
            : false;
    }

    private static FactMark MarkOf(JournalRecord record) => new(
        HashOf(record, record.By, record.Payload.Span),
        HashOf(record, string.Empty, PersonalJson.Strip(record.Type, record.Payload)),
        record.By == Erased.Text || record.Payload.Span.IndexOf(s_erased) >= 0);

    private static long HashOf(JournalRecord record, string by, ReadOnlySpan<byte> payload)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(record.CommandId.ToByteArray());
        hash.AppendData(Encoding.UTF8.GetBytes($"{record.Type}\n{by}\n{record.At.UtcTicks}\n"));
        hash.AppendData(payload);
        Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(bytes);
        return BinaryPrimitives.ReadInt64BigEndian(bytes);
    }

    /// <summary>A fact is the same though what is personal in it was erased here, or where it comes from.</summary>
    private readonly record struct FactMark(long Whole, long Rest, bool IsErased)
    {
        public bool IsSameAs(FactMark other) =>
            Whole == other.Whole || ((IsErased || other.IsErased) && Rest == other.Rest);
    }
}
