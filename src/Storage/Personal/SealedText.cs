using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using GridMesh.Contracts.Facts;
using GridMesh.Contracts.Json;

namespace GridMesh.Storage.Personal;

/// <summary>
/// A sealed value as it lies in a fact: a text, <c>{mark}{key}{field}:{base64}</c>, in place of the one that it holds.
/// In JSON the text's own token is sealed, so that what is opened is byte for byte what was sealed.
/// </summary>
internal static class SealedText
{
    /// <summary>No text of a person begins with it: its first letter is none.</summary>
    private const string Mark = "\u0001pd:";

    /// <summary>The same within JSON, with the quote before it.</summary>
    private static readonly byte[] s_json = Encoding.UTF8.GetBytes("\"\\u0001pd:");

    private static readonly byte[] s_erased = JsonSerializer.SerializeToUtf8Bytes(
        Erased.Text, MeshJson.Compact);

    /// <summary>Ids of the keys that a text and the texts in a JSON are sealed with.</summary>
    public static void AddKeys(string text, ReadOnlySpan<byte> json, ISet<string> ids)
    {
        if (KeyOf(text) is { } id)
            ids.Add(id);
        for (var at = json.IndexOf(s_json); at >= 0; at = json.IndexOf(s_json))
        {
            json = json[(at + s_json.Length)..];
            if (json.Length > DataKey.IdLength)
                ids.Add(Encoding.ASCII.GetString(json[..DataKey.IdLength]));
        }
    }

    public static string Seal(DataKey key, string field, string text) =>
        $"{Mark}{key.Id}{field}:{Convert.ToBase64String(key.Seal(field, Encoding.UTF8.GetBytes(text)))}";

    /// <summary>The text as it was before it was sealed; one that is not sealed stays as it is.</summary>
    public static string Open(string text, IReadOnlyDictionary<string, DataKey> keys)
    {
        if (KeyOf(text) is not { } id)
            return text;
        if (!keys.TryGetValue(id, out var key))
            return Erased.Text;
        var rest = text[(Mark.Length + DataKey.IdLength)..];
        var colon = rest.IndexOf(':', StringComparison.Ordinal);
        return Encoding.UTF8.GetString(
            key.Open(rest[..colon], Convert.FromBase64String(rest[(colon + 1)..])));
    }

    /// <summary>Writes a token of JSON, a text with its quotes, as a sealed one.</summary>
    public static void Seal(IBufferWriter<byte> output, DataKey key, string field, ReadOnlySpan<byte> token)
    {
        output.Write(s_json);
        output.Write(Encoding.UTF8.GetBytes($"{key.Id}{field}:"));
        var box = key.Seal(field, token);
        var room = output.GetSpan(Base64.GetMaxEncodedToUtf8Length(box.Length));
        Base64.EncodeToUtf8(box, room, out _, out var written);
        output.Advance(written);
        output.Write("\""u8);
    }

    /// <summary>The JSON as it was before its texts were sealed.</summary>
    public static ReadOnlyMemory<byte> Open(ReadOnlyMemory<byte> json, IReadOnlyDictionary<string, DataKey> keys)
    {
        var rest = json.Span;
        var at = rest.IndexOf(s_json);
        if (at < 0)
            return json;
        var output = new ArrayBufferWriter<byte>(json.Length);
        for (; at >= 0; at = rest.IndexOf(s_json))
        {
            output.Write(rest[..at]);
            rest = rest[(at + s_json.Length)..];
            var end = rest.IndexOf((byte)'"');
            Open(output, rest[..end], keys);
            rest = rest[(end + 1)..];
        }

        output.Write(rest);
        return output.WrittenMemory;
    }

    private static void Open(
        IBufferWriter<byte> output, ReadOnlySpan<byte> text, IReadOnlyDictionary<string, DataKey> keys)
    {
        if (!keys.TryGetValue(Encoding.ASCII.GetString(text[..Math.Min(text.Length, DataKey.IdLength)]), out var key))
        {
            output.Write(s_erased);
            return;
        }

        text = text[DataKey.IdLength..];
        var colon = text.IndexOf((byte)':');
        output.Write(key.Open(
            Encoding.UTF8.GetString(text[..colon]),
            Convert.FromBase64String(Encoding.ASCII.GetString(text[(colon + 1)..]))));
    }

    private static string? KeyOf(string text) =>
        text.Length > Mark.Length + DataKey.IdLength && text.StartsWith(Mark, StringComparison.Ordinal)
            ? text.Substring(Mark.Length, DataKey.IdLength)
            : null;
}
