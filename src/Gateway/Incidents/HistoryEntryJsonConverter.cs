using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using GridMesh.Contracts.Incidents;

namespace GridMesh.Gateway.Incidents;

/// <summary>Writes a history entry flat: <c>{"seq", "type", "at", "by", …}</c> (API "Case").</summary>
/// <remarks>
/// A case is answered with all of its history at every command, so the texts of entries that were written lately are
/// kept: each is made once and not at every command that follows it.
/// </remarks>
internal sealed class HistoryEntryJsonConverter : JsonConverter<HistoryEntry>
{
    /// <summary>Most texts kept, a power of two: those of some hundreds of cases, about 350 bytes each.</summary>
    private const int KeptMax = 4_096;

    /// <summary>Each entry has one place; a later one of the same place drives it out.</summary>
    private readonly Text?[] _kept = new Text?[KeptMax];

    public override HistoryEntry Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("histories are only written");

    public override void Write(Utf8JsonWriter writer, HistoryEntry value, JsonSerializerOptions options)
    {
        ref var place = ref _kept[RuntimeHelpers.GetHashCode(value) & (KeptMax - 1)];
        var text = Volatile.Read(ref place);
        if (text is null || !ReferenceEquals(text.Entry, value))
        {
            text = new Text(value, Make(value, options));
            Volatile.Write(ref place, text);
        }

        writer.WriteRawValue(text.Json, skipInputValidation: true);
    }

    /// <summary>The fact's own text behind the number: to take it apart and write it again cost more.</summary>
    private static byte[] Make(HistoryEntry value, JsonSerializerOptions options)
    {
        var fact = JsonSerializer.SerializeToUtf8Bytes(value.Fact, options);
        var begin = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"seq\":{value.Seq},"));
        return [.. begin, .. fact.AsSpan(1)];
    }

    /// <summary>Entries are immutable, so what was once written of one holds.</summary>
    private sealed record Text(HistoryEntry Entry, byte[] Json);
}
