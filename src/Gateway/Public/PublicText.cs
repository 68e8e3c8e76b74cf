using GridMesh.Contracts.Access;

namespace GridMesh.Gateway.Public;

/// <summary>What of a description everybody may read.</summary>
internal static class PublicText
{
    /// <summary>
    /// The last lines of a description may tell staff of an address and a picture; these words begin them.
    /// </summary>
    private const string AddressMark = "\n地址 address: ";

    private const string MediaMark = "\n附图 media: ";

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
                description = description[..at];
        }

        return PersonalText.Mask(description);
    }
}
