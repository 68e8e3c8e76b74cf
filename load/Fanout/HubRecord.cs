namespace GridMesh.Load.Fanout;

/// <summary>Where a frame leads from and to, and when it was made.</summary>
/// <param name="At">Ticks of UTC.</param>
internal readonly record struct FrameHead(long Epoch, long From, long To, long At)
{
    public bool IsSignOfLife => From == To;
}

/// <summary>Reads of a SignalR message only what a client has to know, so that thousands cost little.</summary>
internal static class HubRecord
{
    private static ReadOnlySpan<byte> FrameStart => "{\"type\":1,\"target\":\"frame\",\"arguments\":["u8;

    public static bool IsHandshake(ReadOnlySpan<byte> record) => record.SequenceEqual("{}"u8);

    public static bool IsFrame(ReadOnlySpan<byte> record) => record.StartsWith(FrameStart);

    public static bool IsAnswer(ReadOnlySpan<byte> record) => record.StartsWith("{\"type\":3,"u8);

    /// <summary>The server says why it ends the connection, in SignalR's words or in the product's.</summary>
    public static bool IsClosing(ReadOnlySpan<byte> record) =>
        record.StartsWith("{\"type\":7"u8) || record.StartsWith("{\"type\":1,\"target\":\"closing\""u8);

    public static JsonElement BodyOf(ReadOnlySpan<byte> record) => Parse(record).GetProperty("arguments")[0];

    /// <summary>The answer to <c>Watch</c>.</summary>
    public static JsonElement ResultOf(ReadOnlySpan<byte> record) => Parse(record) is var answer
        && answer.TryGetProperty("error", out var error)
            ? throw new InvalidDataException(error.GetString()) : answer.GetProperty("result");

    public static FrameHead FrameOf(ReadOnlySpan<byte> record) => HeadOf(record[FrameStart.Length..]);

    /// <summary>Of a frame, which is read no further than that.</summary>
    public static FrameHead HeadOf(ReadOnlySpan<byte> frame)
    {
        var reader = new Utf8JsonReader(frame);
        var head = default(FrameHead);
        reader.Read();
        for (var found = 0; found < 4 && reader.Read() && reader.TokenType == JsonTokenType.PropertyName; found++)
        {
            if (reader.ValueTextEquals("epoch"u8) && reader.Read())
                head = head with { Epoch = reader.GetInt64() };
            else if (reader.ValueTextEquals("from"u8) && reader.Read())
                head = head with { From = reader.GetInt64() };
            else if (reader.ValueTextEquals("to"u8) && reader.Read())
                head = head with { To = reader.GetInt64() };
            else if (reader.ValueTextEquals("at"u8) && reader.Read())
                head = head with { At = reader.GetDateTimeOffset().UtcTicks };
            else
            {
                reader.Skip();
                found--;
            }
        }

        return head;
    }

    private static JsonElement Parse(ReadOnlySpan<byte> record)
    {
        var reader = new Utf8JsonReader(record);
        return JsonElement.ParseValue(ref reader);
    }
}
