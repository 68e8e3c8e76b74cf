using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using GridMesh.Contracts.Areas;
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
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            var payload = root.TryGetProperty("payload", out var raw)
                ? Encoding.UTF8.GetBytes(raw.GetRawText())
                : root.GetProperty("payloadBase64").GetBytesFromBase64();
            if (payload.Length > IJournal.PayloadMax)
            {
                throw new JournalFormatException(number, $"the payload is larger than {IJournal.PayloadMax} bytes");
            }

            return new JournalRecord(
                root.GetProperty("seq").GetInt64(), Text(root, "stream"), root.GetProperty("version").GetInt64(),
                root.GetProperty("commandId").GetGuid(), AreaCode.Parse(Text(root, "district")), Text(root, "type"),
                root.GetProperty("at").GetDateTimeOffset(), Text(root, "by"), payload,
                Convert.FromHexString(Text(root, "hash")));
        }
        catch (Exception e) when (
            e is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            throw new JournalFormatException(number, "this is no record of a journal", e);
        }
    }

    private static string Text(JsonElement root, string name) =>
        root.GetProperty(name).GetString() ?? throw new FormatException($"{name} is null");

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
                {
                    reader.GetString();
                }
            }

            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
