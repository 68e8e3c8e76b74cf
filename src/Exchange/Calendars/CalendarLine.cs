using System.Runtime.Serialization;
using System.Text;
using Ical.Net;
using Ical.Net.Serialization;

namespace GridMesh.Exchange.Calendars;

/// <summary>
/// A line of an iCalendar, unfolded (RFC 5545 §3.1). Ical.Net says what it means; where it stands in the file, and that
/// a fold may divide a letter, the library does not know.
/// </summary>
/// <param name="Number">Where it begins in the file, counted from 1.</param>
internal sealed record CalendarLine(int Number, string Text)
{
    /// <summary>In capitals; empty where this is no line of an iCalendar.</summary>
    public string Name { get; } = NameOf(Text);

    /// <summary>As it stands after the first colon, without the spaces around it.</summary>
    public string Value => Text[(Text.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();

    /// <summary>The lines of a file; null where it is not UTF-8, which is reported.</summary>
    public static IReadOnlyList<CalendarLine>? ReadAll(ReadOnlySpan<byte> file, ProblemList problems)
    {
        var (numbers, bytes) = Unfold(file[Utf8Text.MarkLength(file)..]);
        if (Utf8Text.BrokenLine(bytes) is { } broken)
        {
            Utf8Text.Refuse(PackageFiles.ICalendar, numbers[broken - 1], problems);
            return null;
        }

        var texts = Encoding.UTF8.GetString(bytes).Split('\n');
        return [.. numbers.Zip(texts, (number, text) => new CalendarLine(number, text))];
    }

    /// <exception cref="SerializationException">It is no line of an iCalendar.</exception>
    /// <exception cref="ArgumentException">The value is none of its kind, such as a 30th of February.</exception>
    /// <exception cref="FormatException">The value is none of its kind.</exception>
    public ICalendarProperty Parse()
    {
        // In a component that Ical.Net does not know it adds nothing: an event would get an identifier and a time.
        var text = $"BEGIN:X-LINE\n{Text}\nEND:X-LINE";
        return SimpleDeserializer.Default.Deserialize(new StringReader(text)).Single().Properties.Single();
    }

    private static string NameOf(string text)
    {
        var isWhole = text.Length <= ExchangeLimits.CalendarLineMax && !text.Contains('\r');
        return isWhole && text.IndexOfAny([':', ';']) is var end and > 0 ? text[..end].ToUpperInvariant() : "";
    }

    /// <summary>The lines, divided by line feeds, and where each of them begins. Empty ones are left out.</summary>
    private static (List<int> Numbers, byte[] Bytes) Unfold(ReadOnlySpan<byte> file)
    {
        var (number, numbers, bytes) = (0, new List<int>(), new List<byte>(file.Length));
        foreach (var range in file.Split((byte)'\n'))
        {
            number++;
            var line = file[range].TrimEnd((byte)'\r');
            if (line.IsEmpty)
                continue;

            if (numbers.Count > 0 && line[0] is (byte)' ' or (byte)'\t')
            {
                bytes.AddRange(line[1..]);
                continue;
            }

            if (numbers.Count > 0)
                bytes.Add((byte)'\n');

            numbers.Add(number);
            bytes.AddRange(line);
        }

        return (numbers, [.. bytes]);
    }
}
