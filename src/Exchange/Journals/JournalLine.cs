using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using GridMesh.Contracts.Clocks;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Storage;

namespace GridMesh.Exchange.Journals;

/// <summary>
/// One record as one line of JSON. The payload stands in it as it is, where it is JSON on one line that reads back byte
/// for byte; anything else goes as base64.
/// </summary>
internal static class JournalLine
{
    private static readonly JsonWriterOptions s_plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(IBufferWriter<byte> output, JournalRecord record)
    {
        using (var json = new Utf8JsonWriter(output, s_plain))
        {
            json.WriteStartObject();
            json.WriteNumber("seq", record.Seq);
            json.WriteString("stream", record.Stream);
            json.WriteNumber("version", record.Version);
            json.WriteString("commandId", record.CommandId);
            if (record.Digest is { } digest)
                json.WriteNumber("digest", digest);

            json.WriteString("district", record.District.Value);
            json.WriteString("type", record.Type);
            json.WriteString("at", record.At);
            json.WriteString("by", record.By);
            if (IsPlain(record.Payload.Span))
            {
                json.WritePropertyName("payload");
                json.WriteRawValue(record.Payload.Span, skipInputValidation: true);
            }
            else
            {
                json.WriteBase64String("payloadBase64", record.Payload.Span);
            }

            json.WriteString("hash", Convert.ToHexStringLower(record.Hash.Span));
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    /// <exception cref="JournalFormatException">It is no record.</exception>
    public static JournalRecord Parse(ReadOnlyMemory<byte> line, long number)
    {
        try
        {
            var fields = default(Fields);
            var json = new Utf8JsonReader(line.Span);
            Expect(ref json, JsonTokenType.StartObject);
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
                fields.Take(ref json, line);

            if (json.TokenType != JsonTokenType.EndObject || json.Read())
                throw new FormatException("more than one object");

            if (fields.Payload is { Length: > IJournal.PayloadMax })
                throw new JournalFormatException(number, $"the payload is larger than {IJournal.PayloadMax} bytes");

            return fields.ToRecord();
        }
        catch (Exception e) when (
            e is JsonException or FormatException or InvalidOperationException)
        {
            throw new JournalFormatException(number, "this is no record of a journal", e);
        }
    }

    private static void Expect(ref Utf8JsonReader json, JsonTokenType token)
    {
        if (!json.Read() || json.TokenType != token)
            throw new FormatException($"{token} is missing");
    }

    private static bool IsPlain(ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty || payload.ContainsAny((byte)'\n', (byte)'\r') || payload[0] is not (byte)'{'
            || payload[^1] is not (byte)'}')
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(payload);
            while (reader.Read())
            {
                // Strings are looked into as well: broken UTF-8 would not read back as it was.
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                    reader.GetString();
            }

            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>What of a line has been read so far, in whatever order it stands there.</summary>
    private struct Fields
    {
        private long? _seq;
        private string? _stream;
        private long? _version;
        private long? _digest;
        private Guid? _command;
        private AreaCode? _district;
        private string? _type;
        private DateTimeOffset? _at;
        private string? _by;
        private byte[]? _hash;

        public byte[]? Payload { get; private set; }

        /// <summary>Takes the property at which the reader stands; one that nobody knows is passed over.</summary>
        public void Take(ref Utf8JsonReader json, ReadOnlyMemory<byte> line)
        {
            var name = json.ValueSpan;
            json.Read();
            if (name.SequenceEqual("payload"u8))
                Payload = Raw(ref json, line);
            else if (name.SequenceEqual("payloadBase64"u8))
                Payload ??= json.GetBytesFromBase64();
            else if (name.SequenceEqual("commandId"u8))
                _command = json.GetGuid();
            else if (name.SequenceEqual("at"u8))
                _at = ZonedTime.TryRead(ref json, out var at) ? at : throw new FormatException("a time has no zone");
            else if (json.TokenType == JsonTokenType.String)
                TakeText(name, json.GetString()!);
            else if (json.TokenType == JsonTokenType.Number)
                TakeNumber(name, ref json);
            else
                json.Skip();
        }

        public readonly JournalRecord ToRecord() => new(
            Counted(_seq), Need(_stream), Counted(_version), Need(_command), Need(_district), Need(_type), Need(_at),
            Need(_by), Need(Payload), Need(_hash), _digest);

        private void TakeText(ReadOnlySpan<byte> name, string text)
        {
            if (name.SequenceEqual("stream"u8))
                _stream = text;
            else if (name.SequenceEqual("district"u8))
                _district = AreaCode.Parse(text);
            else if (name.SequenceEqual("type"u8))
                _type = text;
            else if (name.SequenceEqual("by"u8))
                _by = text;
            else if (name.SequenceEqual("hash"u8))
                _hash = Convert.FromHexString(text);
        }

        private void TakeNumber(ReadOnlySpan<byte> name, ref Utf8JsonReader json)
        {
            if (name.SequenceEqual("seq"u8))
                _seq = json.GetInt64();
            else if (name.SequenceEqual("version"u8))
                _version = json.GetInt64();
            else if (name.SequenceEqual("digest"u8))
                _digest = json.GetInt64();
        }

        private static byte[] Raw(ref Utf8JsonReader json, ReadOnlyMemory<byte> line)
        {
            var start = (int)json.TokenStartIndex;
            json.Skip();
            return line[start..(int)json.BytesConsumed].ToArray();
        }

        private static T Need<T>(T? value) where T : struct => value ?? throw Missing();

        private static T Need<T>(T? value) where T : class => value ?? throw Missing();

        private static long Counted(long? value) =>
            Need(value) > 0 ? value!.Value : throw new FormatException("facts are counted from 1");

        private static FormatException Missing() => new("something is missing");
    }
}
