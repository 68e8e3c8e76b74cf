namespace GridMesh.Load.Fanout;

/// <summary>Where a frame leads from and to, and when it was made.</summary>
/// <param name="At">Ticks of UTC.</param>
internal readonly record struct FrameHead(long Epoch, long From, long To, long At)
{
    public bool IsSignOfLife => From == To;
}

/// <summary>
/// Reads of a SignalR message only what a client needs to know where it stands, so that ten thousand of them cost
/// little.
/// </summary>
internal static class HubRecord
{
    private static ReadOnlySpan<byte> FrameStart => "{\"type\":1,\"target\":\"frame\",\"arguments\":["u8;
    private static ReadOnlySpan<byte> SnapshotStart => "\"area\":"u8;

    public static bool IsHandshake(ReadOnlySpan<byte> record) => record.SequenceEqual("{}"u8);

    public static bool IsFrame(ReadOnlySpan<byte> record) => record.StartsWith(FrameStart);

    public static bool IsAnswer(ReadOnlySpan<byte> record) => record.StartsWith("{\"type\":3,"u8);

    /// <summary>The server says why it ends the connection, in SignalR's words or in the product's.</summary>
    public static bool IsClosing(ReadOnlySpan<byte> record) =>
        record.StartsWith("{\"type\":7"u8) || record.StartsWith("{\"type\":1,\"target\":\"closing\""u8);

    public static FrameHead FrameOf(ReadOnlySpan<byte> record) => HeadOf(record[FrameStart.Length..], heads: 4);

    public static JsonElement BodyOf(ReadOnlySpan<byte> record) => Parse(record).GetProperty("arguments")[0];

    public static JsonElement ResultOf(ReadOnlySpan<byte> record) => Parse(record).GetProperty("result");

    /// <summary>The answer to <c>Watch</c>: where a snapshot stands, or the heads of the frames since.</summary>
    public static (FrameHead? Snapshot, IReadOnlyList<FrameHead> Frames) AnswerOf(ReadOnlySpan<byte> record)
    {
        var area = record.IndexOf(SnapshotStart);
        if (area >= 0 && record[..area].IndexOf("\"frames\":"u8) < 0)
            return (HeadOf(record[(area + SnapshotStart.Length)..], heads: 2), []);
        var answer = Parse(record);
        if (answer.TryGetProperty("error", out var error))
            throw new InvalidDataException(error.GetString());
        return (null,
            [.. answer.GetProperty("result").GetProperty("frames").EnumerateArray().Select(frame => new FrameHead(
            frame.GetProperty("epoch").GetInt64(), frame.GetProperty("from").GetInt64(),
            frame.GetProperty("to").GetInt64(),
            frame.GetProperty("at").GetDateTimeOffset().UtcTicks))]);
    }

    /// <summary>
    /// Reads an object as far as its head goes: epoch and version of a snapshot, or epoch, from, to and at of a frame.
    /// </summary>
    private static FrameHead HeadOf(ReadOnlySpan<byte> json, int heads)
    {
        var reader = new Utf8JsonReader(json);
        var head = default(FrameHead);
        reader.Read();
        for (var found = 0; found < heads && reader.Read() && reader.TokenType == JsonTokenType.PropertyName; found++)
        {
            if (reader.ValueTextEquals("epoch"u8) && reader.Read())
                head = head with { Epoch = reader.GetInt64() };
            else if (reader.ValueTextEquals("version"u8) && reader.Read())
                head = head with { From = reader.GetInt64(), To = reader.GetInt64() };
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
