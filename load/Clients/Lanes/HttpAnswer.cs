using System.Buffers.Text;
using System.Text;

namespace GridMesh.Load.Clients.Lanes;

/// <summary>Where an answer of HTTP/1.1 (RFC 9112) ends in the bytes received so far, and what it says.</summary>
/// <param name="BodyLength">Bytes on the wire, chunk heads included.</param>
internal readonly record struct HttpAnswer(int Status, int BodyAt, int BodyLength, bool IsChunked, bool Closes)
{
    /// <summary>False while it is not all there.</summary>
    /// <exception cref="IOException">It is no answer of HTTP/1.1, or one without a length.</exception>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out HttpAnswer answer)
    {
        answer = default;
        var end = bytes.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return false;
        }

        var head = bytes[..(end + 2)];
        if (!head.StartsWith("HTTP/1.1 "u8) || !Utf8Parser.TryParse(head[9..], out int status, out _))
        {
            throw new IOException("the answer is not HTTP/1.1");
        }

        var body = bytes[(end + 4)..];
        var closes = Ascii.EqualsIgnoreCase(Field(head, "connection:"u8), "close"u8);
        if (Ascii.EqualsIgnoreCase(Field(head, "transfer-encoding:"u8), "chunked"u8))
        {
            var length = ChunkedLength(body);
            answer = new HttpAnswer(status, end + 4, length, true, closes);
            return length >= 0;
        }

        var field = Field(head, "content-length:"u8);
        if (!Utf8Parser.TryParse(field, out int announced, out _) && status is not (204 or 304))
        {
            throw new IOException("the answer tells no length");
        }

        answer = new HttpAnswer(status, end + 4, announced, false, closes);
        return body.Length >= announced;
    }

    /// <summary>Moves the chunks together.</summary>
    /// <returns>The length of the body.</returns>
    public static int Dechunk(Span<byte> body)
    {
        var (from, to) = (0, 0);
        while (TryChunk(body[from..], out var head, out var length) && length > 0)
        {
            body.Slice(from + head, length).CopyTo(body[to..]);
            to += length;
            from += head + length + 2;
        }

        return to;
    }

    /// <summary>Bytes up to the end of the last chunk; -1 while they are not all there.</summary>
    private static int ChunkedLength(ReadOnlySpan<byte> body)
    {
        var at = 0;
        while (TryChunk(body[at..], out var head, out var length))
        {
            at += head + length + 2;
            if (at > body.Length)
            {
                return -1;
            }

            if (length == 0)
            {
                return at;
            }
        }

        return -1;
    }

    private static bool TryChunk(ReadOnlySpan<byte> bytes, out int head, out int length)
    {
        head = bytes.IndexOf("\r\n"u8) + 2;
        length = 0;
        return head >= 2
            && (Utf8Parser.TryParse(bytes[..(head - 2)], out length, out _, 'x') && length >= 0
                ? true
                : throw new IOException("a chunk tells no length"));
    }

    private static ReadOnlySpan<byte> Field(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name)
    {
        while (head.IndexOf("\r\n"u8) is var end && end >= 0)
        {
            var line = head[..end];
            if (line.Length > name.Length && Ascii.EqualsIgnoreCase(line[..name.Length], name))
            {
                return line[name.Length..].Trim((byte)' ');
            }

            head = head[(end + 2)..];
        }

        return default;
    }
}
