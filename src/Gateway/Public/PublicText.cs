using System.Text.RegularExpressions;

namespace GridMesh.Gateway.Public;

/// <summary>
/// What people write, made fit for everybody's eyes: numbers of telephones and identity cards and mail addresses are
/// blotted out. Names cannot be told from other words, so whoever writes a text for the public is asked to leave them
/// out (docs/open311.md).
/// </summary>
internal static partial class PublicText
{
    /// <summary>
    /// The last lines of a description may tell staff of an address and a picture; these words begin them.
    /// </summary>
    private const string AddressMark = "\n地址 address: ";

    private const string MediaMark = "\n附图 media: ";

    private const string Blot = "***";

    public static string Mask(string text) => Personal().Replace(text, Blot);

    /// <summary>A description with what staff should know besides.</summary>
    public static string WithNotes(string description, string? address, string? media) =>
        description
        + (address is null ? "" : AddressMark + address.ReplaceLineEndings(" "))
        + (media is null ? "" : MediaMark + media);

    /// <summary>The description without that: an address may be somebody's home, a picture may show somebody.</summary>
    public static string OfDescription(string description)
    {
        foreach (var mark in (string[])[MediaMark, AddressMark])
        {
            var at = description.LastIndexOf(mark, StringComparison.Ordinal);
            if (at >= 0 && !description.AsSpan(at + mark.Length).Contains('\n'))
            {
                description = description[..at];
            }
        }

        return Mask(description);
    }

    [GeneratedRegex(
        @"(?<!\d)(?:1[3-9]\d[ -]?\d{4}[ -]?\d{4}|0\d{2,3}-\d{7,8}|\d{7,17}[\dXx]?)(?!\d)|[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
        RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Personal();
}
