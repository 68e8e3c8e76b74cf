using System.Buffers;
using System.Runtime.CompilerServices;
using GridMesh.Contracts.Storage;
using GridMesh.Exchange.Packages;

namespace GridMesh.Exchange.Journals;

/// <summary>A line of a journal file is wrong; nothing after it was read.</summary>
/// <param name="line">Counted from 1.</param>
public sealed class JournalFormatException(long line, string reason, Exception? inner = null)
    : Exception($"{PackageFiles.Journal}:{line}: {reason}", inner)
{
    public long Line { get; } = line;
}

/// <summary>
/// Facts as JSON lines (<c>journal.jsonl</c>), for moving them between databases: byte for byte, so that hash chains
/// hold. Written and read one by one; a journal of any length needs no memory.
/// </summary>
public static class JournalFiles
{
    private const int BufferBytes = 64 * 1024;

    /// <summary>A line for each record; the stream stays open.</summary>
    public static async Task WriteAsync(
        IAsyncEnumerable<JournalRecord> records, Stream stream, CancellationToken cancellation = default)
    {
        var buffer = new ArrayBufferWriter<byte>(BufferBytes);
        await foreach (var record in records.WithCancellation(cancellation))
        {
            JournalLine.Write(buffer, record);
            if (buffer.WrittenCount >= BufferBytes)
            {
                await stream.WriteAsync(buffer.WrittenMemory, cancellation);
                buffer.ResetWrittenCount();
            }
        }

        await stream.WriteAsync(buffer.WrittenMemory, cancellation);
        await stream.FlushAsync(cancellation);
    }

    /// <summary>The records in the order of the file; empty lines are passed over.</summary>
    /// <exception cref="JournalFormatException">A line is no record, or longer than one can be.</exception>
    public static async IAsyncEnumerable<JournalRecord> ReadAsync(
        Stream stream, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var number = 0L;
        await foreach (var line in LineReader.ReadAsync(stream, cancellation))
        {
            number++;
            var text = number == 1 ? line[Utf8Text.MarkLength(line.Span)..] : line;
            if (text.Length > 0)
                yield return JournalLine.Parse(text, number);
        }
    }

    /// <summary>The journal of a package; nothing where it has none.</summary>
    /// <exception cref="IOException">The package cannot be opened.</exception>
    /// <exception cref="JournalFormatException">A line is no record.</exception>
    public static async IAsyncEnumerable<JournalRecord> ReadPackageAsync(
        string path, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        using var package = PackageReader.Open(path);
        await using var stream = package.Find(PackageFiles.Journal, ExchangeLimits.JournalBytesMax);
        if (stream is null)
            yield break;

        await foreach (var record in ReadAsync(stream, cancellation))
            yield return record;
    }
}
