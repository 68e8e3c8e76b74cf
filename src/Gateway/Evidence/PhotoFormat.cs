namespace GridMesh.Gateway.Evidence;

/// <summary>What a photo is by its content, and what a decoder would have to hold besides its pixels.</summary>
public static class PhotoFormat
{
    public const string Jpeg = "image/jpeg";
    public const string Png = "image/png";
    public const string WebP = "image/webp";

    /// <summary>Of the PNG's header chunk (W3C PNG, 11.2.1), from the beginning of the file.</summary>
    private const int DepthAt = 24;
    private const int ColorAt = 25;
    private const int InterlaceAt = 28;

    /// <summary>
    /// A byte a pixel is what the decoder of lossy WebP takes, but it cannot be stopped: the rest keeps its time short.
    /// </summary>
    private const int LossyBytes = 3;

    /// <summary>
    /// Lossless WebP, and alpha packed like it, may have tables of codes for every sixteenth pixel, of 5.6 KB each as
    /// measured, and does not tell before they are read.
    /// </summary>
    private const int LosslessBytes = 350;

    /// <summary>By its first bytes, whatever it is called; null where it is none of the three.</summary>
    public static string? MediaTypeOf(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? Jpeg
        : bytes.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]) ? Png
        : bytes.StartsWith("RIFF"u8) && bytes.Length > 12 && bytes[8..12].SequenceEqual("WEBP"u8) ? WebP
        : null;

    /// <summary>
    /// Bytes that the decoder takes for itself. A JPEG of one scan and a PNG that is not interlaced pass by row by row;
    /// what comes in several passes is held as a whole.
    /// </summary>
    public static long DecoderBytes(byte[] bytes, string mediaType, long pixels) => mediaType switch
    {
        Jpeg => JpegSegments.HeldSamples(bytes, pixels) * sizeof(short),
        Png => bytes.Length > InterlaceAt && bytes[InterlaceAt] != 0
            ? pixels * Channels(bytes[ColorAt]) * Math.Max((int)bytes[DepthAt], 8) / 8
            : 0,
        _ => pixels * (bytes.AsSpan().IndexOf("VP8L"u8) >= 0 || bytes.AsSpan().IndexOf("ALPH"u8) >= 0
            ? LosslessBytes
            : LossyBytes),
    };

    private static int Channels(byte color) => color switch
    {
        2 => 3,
        4 => 2,
        6 => 4,
        _ => 1,
    };
}
