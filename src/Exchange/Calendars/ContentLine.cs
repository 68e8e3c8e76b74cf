using System.Text;

namespace GridMesh.Exchange.Calendars;

/// <summary>A line of an iCalendar (RFC 5545 §3.1), unfolded: name, parameters, value.</summary>
/// <param name="Line">Where it begins in the file, counted from 1.</param>
/// <param name="Name">In capitals.</param>
/// <param name="Parameters">By name in capitals, without quotes.</param>
internal sealed record ContentLine(int Line, string Name, IReadOnlyDictionary<string, string> Parameters, string Value)
{
    private static readonly UTF8Encoding s_strict =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// The lines of a file. Unfolding goes by bytes, since a fold may stand in the middle of a letter; what cannot be
    /// read is told and left out.
    /// </summary>
    public static IEnumerable<ContentLine> ReadAll(byte[] file, Action<int, string, string> fail)
    {
        var (number, begun, bytes) = (0, 1, new List<byte>());
        foreach (var range in Physical(file))
        {
            number++;
            var line = file.AsMemory(range);
            if (number > 1 && line.Length > 0 && line.Span[0] is (byte)' ' or (byte)'\t')
            {
                bytes.AddRange(line.Span[1..]);
                continue;
            }

            if (Parse(begun, bytes, fail) is { } whole)
            {
                yield return whole;
            }

            (begun, bytes) = (number, [.. line.Span]);
        }

        if (Parse(begun, bytes, fail) is { } last)
        {
            yield return last;
        }
    }

    /// <summary>Reads TEXT (§3.3.11): what a backslash escapes.</summary>
    public static string Unescape(string text)
    {
        if (!text.Contains('\\'))
        {
            return text;
        }

        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var isEscape = text[i] == '\\' && i + 1 < text.Length;
            plain.Append(!isEscape ? text[i] : text[++i] is 'n' or 'N' ? '\n' : text[i]);
        }

        return plain.ToString();
    }

    private static IEnumerable<Range> Physical(byte[] file)
    {
        var start = file.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        while (start < file.Length)
        {
            var end = Array.IndexOf(file, (byte)'\n', start);
            var next = end < 0 ? file.Length : end + 1;
            end = end < 0 ? file.Length : end;
            yield return start..(end > start && file[end - 1] == (byte)'\r' ? end - 1 : end);
            start = next;
        }
    }

    private static ContentLine? Parse(int line, List<byte> bytes, Action<int, string, string> fail)
    {
        if (bytes.Count == 0)
        {
            return null;
        }

        if (bytes.Count > ExchangeLimits.CalendarLineMax)
        {
            fail(line, $"一行超过 {ExchangeLimits.CalendarLineMax} 字节", "is far too long");
            return null;
        }

        string text;
        try
        {
            text = s_strict.GetString([.. bytes]);
        }
        catch (DecoderFallbackException)
        {
            fail(line, "不是 UTF-8", "is not UTF-8");
            return null;
        }

        if (Split(line, text) is { } parsed)
        {
            return parsed;
        }

        fail(line, "不是 iCalendar 内容行", "is no line of an iCalendar");
        return null;
    }

    private static ContentLine? Split(int line, string text)
    {
        var parts = new List<string>();
        var (start, quoted) = (0, false);
        for (var i = 0; i < text.Length; i++)
        {
            quoted ^= text[i] == '"';
            if (quoted || text[i] is not (';' or ':'))
            {
                continue;
            }

            parts.Add(text[start..i]);
            start = i + 1;
            if (text[i] == ':')
            {
                var parameters = parts.Skip(1).Select(part => part.Split('=', 2)).Where(pair => pair.Length == 2)
                    .GroupBy(pair => pair[0].ToUpperInvariant())
                    .ToDictionary(pairs => pairs.Key, pairs => pairs.First()[1].Trim('"'));
                return parts[0].Length == 0 || parameters.Count != parts.Count - 1
                    ? null
                    : new ContentLine(line, parts[0].ToUpperInvariant(), parameters, text[start..]);
            }
        }

        return null;
    }
}
