using System.Text;
using System.Text.Unicode;

namespace GridMesh.Exchange;

/// <summary>
/// Every text file of a package is UTF-8, with a byte order mark or without. What Excel in China saves as plain CSV is
/// GBK; it is refused with the first line that is no UTF-8 and with what to do. Reading it as GBK would be a guess: a
/// damaged UTF-8 file reads as GBK as well, as other letters.
/// </summary>
internal static class Utf8Text
{
    /// <summary>
    /// What <see cref="Reader"/> puts where bytes are no UTF-8. A noncharacter of Unicode, which no file holds.
    /// </summary>
    public const char Broken = '\uFDD0';

    private static readonly Encoding s_marked = Encoding.GetEncoding(
        Encoding.UTF8.CodePage, EncoderFallback.ExceptionFallback, new DecoderReplacementFallback($"{Broken}"));

    /// <summary>
    /// For files that are read row by row: whoever meets <see cref="Broken"/> in a row refuses the file there.
    /// </summary>
    public static StreamReader Reader(Stream stream) => new(stream, s_marked, detectEncodingFromByteOrderMarks: false);

    /// <summary>Length of the byte order mark that a file begins with; 0 where it has none.</summary>
    public static int MarkLength(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;

    /// <summary>The first line that is no UTF-8, counted from 1; null where there is none.</summary>
    public static int? BrokenLine(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes))
            return null;

        var number = 1;
        foreach (var line in bytes.Split((byte)'\n'))
        {
            if (!Utf8.IsValid(bytes[line]))
                break;

            number++;
        }

        return number;
    }

    public static void Refuse(string file, int line, ProblemList problems)
    {
        var form = Path.GetExtension(file) == ".csv" ? "CSV UTF-8" : "UTF-8";
        problems.Add(
            file, line, "", $"不是 UTF-8 编码，可能是 GBK：请另存为 {form}", $"is not UTF-8, perhaps GBK: save it as {form}");
    }
}
