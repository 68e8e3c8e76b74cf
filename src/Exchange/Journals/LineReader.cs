using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace GridMesh.Exchange.Journals;

/// <summary>Cuts a stream into lines without holding more than one.</summary>
internal static class LineReader
{
    /// <summary>Each line without its end; good until the next one is asked for.</summary>
    /// <exception cref="JournalFormatException">A line is longer than
    /// <see cref="ExchangeLimits.JournalLineMax"/>.</exception>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        Stream stream, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
        try
        {
            for (var number = 1L; ; )
            {
                var read = await reader.ReadAsync(cancellation);
                var rest = read.Buffer;
                while (rest.PositionOf((byte)'\n') is { } end)
                {
                    yield return Line(rest.Slice(0, end), number++);
                    rest = rest.Slice(rest.GetPosition(1, end));
                }

                if (read.IsCompleted)
                {
                    if (!rest.IsEmpty)
                        yield return Line(rest, number);

                    yield break;
                }

                // Checked before more is read, so that a file without an end of line cannot fill the memory.
                Check(rest.Length, number);
                reader.AdvanceTo(rest.Start, rest.End);
            }
        }
        finally
        {
            await reader.CompleteAsync();
        }
    }

    private static ReadOnlyMemory<byte> Line(ReadOnlySequence<byte> line, long number)
    {
        Check(line.Length, number);
        var bytes = line.ToArray();
        return bytes is [.., (byte)'\r'] ? bytes.AsMemory(0, bytes.Length - 1) : bytes;
    }

    private static void Check(long length, long number)
    {
        if (length > ExchangeLimits.JournalLineMax)
            throw new JournalFormatException(number, $"the line is longer than {ExchangeLimits.JournalLineMax} bytes");
    }
}
