using System.Security.Cryptography;

namespace GridMesh.Contracts.Incidents;

/// <summary>What a photo shows.</summary>
[GenerateSerializer, Alias("PhotoKind")]
public enum PhotoKind
{
    /// <summary>处置前</summary>
    Before,

    /// <summary>处置后</summary>
    After,

    Other,
}

/// <summary>A photo of a case. The case keeps what it is, the evidence store its bytes.</summary>
/// <param name="Hash">SHA-256 of the bytes in 64 hexadecimal digits: the name of the content, whatever it was
/// called.</param>
/// <param name="MediaType"><c>image/jpeg</c>, <c>image/png</c> or <c>image/webp</c>, by its content.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
[GenerateSerializer, Immutable, Alias("Photo")]
public sealed record Photo(
    [property: Id(0)] string Hash, [property: Id(1)] PhotoKind Kind, [property: Id(2)] string MediaType,
    [property: Id(3)] int Bytes, [property: Id(4)] int Width, [property: Id(5)] int Height)
{
    /// <summary>Most photos of one case (DESIGN "Bounds").</summary>
    public const int CountMax = 9;

    /// <summary>Longest photo in bytes.</summary>
    public const int BytesMax = 10_000_000;

    /// <summary>Most pixels: what a decoder has to hold.</summary>
    public const long PixelsMax = 50_000_000;

    /// <summary>Length of a <see cref="Hash"/> in characters.</summary>
    public const int HashDigits = 64;

    /// <summary>The name of a content: its SHA-256 in lower-case hexadecimal digits.</summary>
    public static string HashOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>It is written as a hash is; whether there is such a photo is another question.</summary>
    public static bool IsHash(string text) => text.Length == HashDigits && text.All(char.IsAsciiHexDigitLower);
}
