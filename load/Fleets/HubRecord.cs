using System.Text.Json;

namespace GridMesh.Load.Fleets;

/// <summary>What a SignalR message is, as far as a client of the fleet tells it apart.</summary>
internal enum RecordKind
{
    /// <summary>The answer to the handshake, which has no type.</summary>
    Handshake,
    Frame,
    Answer,

    /// <summary>The server says why it ends the connection.</summary>
    Closing,
    Ping,
    Other,
}

/// <summary>Where a frame leads from and to, and when it was made.</summary>
/// <param name="At">Ticks of UTC.</param>
internal readonly record struct FrameHead(long Epoch, long From, long To, long At)
{
    /// <summary>A frame that only says that the area is alive.</summary>
    public bool IsSignOfLife => From == To;
}

/// <summary>
/// Reads of a message only what a client needs to know where it stands, so that ten thousand of them cost little.
/// </summary>
internal static class HubRecord
{
    private static ReadOnlySpan<byte> FrameStart => "{\"type\":1,\"target\":\"frame\",\"arguments\":["u8;

    public static RecordKind KindOf(ReadOnlySpan<byte> record)
    {
        if (record.StartsWith(FrameStart))
        {
            return RecordKind.Frame;
        }

        var reader = new Utf8JsonReader(record);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                return reader.GetInt32() switch
                {
                    1 => TargetOf(ref reader),
                    3 => RecordKind.Answer,
                    6 => RecordKind.Ping,
                    7 => RecordKind.Closing,
                    _ => RecordKind.Other,
                };
            }

            reader.Skip();
        }

        return record.SequenceEqual("{}"u8) ? RecordKind.Handshake : RecordKind.Other;
    }

    /// <summary>The head of the frame in an invocation of <c>frame</c>.</summary>
    public static FrameHead FrameOf(ReadOnlySpan<byte> record)
    {
        var at = record.IndexOf("\"arguments\":["u8);
        var reader = new Utf8JsonReader(record[(at + "\"arguments\":["u8.Length)..]);
        reader.Read();
        return HeadOf(ref reader);
    }

    /// <summary>Reads the object that the reader stands at as far as its head goes.</summary>
    private static FrameHead HeadOf(ref Utf8JsonReader reader)
    {
        var head = default(FrameHead);
        for (var found = 0; found < 4 && reader.Read() && reader.TokenType == JsonTokenType.PropertyName; found++)
        {
            if (reader.ValueTextEquals("epoch"u8))
            {
                head = head with { Epoch = Number(ref reader) };
            }
            else if (reader.ValueTextEquals("from"u8))
            {
                head = head with { From = Number(ref reader) };
            }
            else if (reader.ValueTextEquals("to"u8))
            {
                head = head with { To = Number(ref reader) };
            }
            else if (reader.ValueTextEquals("at"u8))
            {
                reader.Read();
                head = head with { At = reader.GetDateTimeOffset().UtcTicks };
            }
            else
            {
                reader.Skip();
                found--;
            }
        }

        return head;
    }

    /// <summary>The answer to <c>Watch</c>: where a snapshot stands, or the heads of the frames since.</summary>
    /// <exception cref="InvalidDataException">The server refused; the message is its own.</exception>
    public static WatchAnswer AnswerOf(ReadOnlySpan<byte> record)
    {
        var reader = new Utf8JsonReader(record);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("error"u8))
            {
                reader.Read();
                throw new InvalidDataException(reader.GetString());
            }

            if (reader.ValueTextEquals("result"u8))
            {
                reader.Read();
                return ResultOf(ref reader);
            }

            reader.Skip();
        }

        throw new InvalidDataException("an answer without a result");
    }

    private static WatchAnswer ResultOf(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("area"u8))
            {
                reader.Read();
                return new WatchAnswer(SnapshotOf(ref reader), null);
            }

            if (reader.ValueTextEquals("frames"u8))
            {
                return new WatchAnswer(default, FramesOf(ref reader));
            }

            reader.Skip();
        }

        throw new InvalidDataException("an answer with neither a snapshot nor frames");
    }

    private static FrameHead SnapshotOf(ref Utf8JsonReader reader)
    {
        var (epoch, version) = (0L, 0L);
        while ((epoch == 0 || version == 0) && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("epoch"u8))
            {
                epoch = Number(ref reader);
            }
            else if (reader.ValueTextEquals("version"u8))
            {
                version = Number(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return new FrameHead(epoch, version, version, 0);
    }

    private static List<FrameHead> FramesOf(ref Utf8JsonReader reader)
    {
        var frames = new List<FrameHead>();
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            var depth = reader.CurrentDepth;
            frames.Add(HeadOf(ref reader));
            while (!(reader.TokenType == JsonTokenType.EndObject && reader.CurrentDepth == depth) && reader.Read())
            {
                // What follows the head of a frame is for those who keep the whole.
            }
        }

        return frames;
    }

    private static RecordKind TargetOf(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("target"u8))
            {
                reader.Read();
                return reader.ValueTextEquals("frame"u8) ? RecordKind.Frame
                    : reader.ValueTextEquals("closing"u8) ? RecordKind.Closing
                    : RecordKind.Other;
            }

            reader.Skip();
        }

        return RecordKind.Other;
    }

    private static long Number(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetInt64();
    }
}

/// <summary>The answer to <c>Watch</c>.</summary>
/// <param name="Stand">Where the snapshot stands; empty where there are frames.</param>
/// <param name="Frames">The frames since; null where there is a snapshot.</param>
internal readonly record struct WatchAnswer(FrameHead Stand, IReadOnlyList<FrameHead>? Frames);
