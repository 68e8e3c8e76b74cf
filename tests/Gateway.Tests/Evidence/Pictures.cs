using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using SkiaSharp;

namespace GridMesh.Gateway.Tests.Evidence;

/// <summary>Pictures as cameras, programs and attackers write them.</summary>
internal static class Pictures
{
    private static readonly byte[] s_pngSignature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Noise, so that no two are alike and none is small.</summary>
    public static byte[] Noise(string mediaType, int width, int height, int seed)
    {
        var random = new Random(seed);
        using var picture = new SKBitmap(new SKImageInfo(width, height, SKColorType.Bgra8888, SKAlphaType.Opaque));
        random.NextBytes(picture.GetPixelSpan());
        return Write(picture, mediaType);
    }

    /// <summary>Blue, with a red spot in the corner above left.</summary>
    public static byte[] Corner(int width, int height)
    {
        using var picture = new SKBitmap(new SKImageInfo(width, height, SKColorType.Bgra8888, SKAlphaType.Opaque));
        picture.Erase(SKColors.Blue);
        picture.Erase(SKColors.Red, SKRectI.Create(width / 2, height / 2));
        return Write(picture, "image/jpeg");
    }

    public static byte[] Write(SKBitmap picture, string mediaType)
    {
        using var data = picture.Encode(
            mediaType switch
            {
                "image/jpeg" => SKEncodedImageFormat.Jpeg,
                "image/png" => SKEncodedImageFormat.Png,
                _ => SKEncodedImageFormat.Webp,
            },
            90);
        return data.ToArray();
    }

    /// <summary>The same with what a camera writes besides (Exif 2.32): how it was held, and what it is.</summary>
    public static byte[] WithExif(byte[] bytes, int orientation = 1)
    {
        // Two entries of a big-endian directory: 0110 model, 8 letters at 26H; 0112 orientation.
        byte[] tiff =
        [
            .. "MM\0*"u8, 0, 0, 0, 8, 0, 2,
            0x01, 0x10, 0, 2, 0, 0, 0, 8, 0, 0, 0, 0x26,
            0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0,
            0, 0, 0, 0, .. "a phone\0"u8,
        ];
        if (bytes[0] == 0xFF)
        {
            byte[] exif = [.. "Exif\0\0"u8, .. tiff];
            return [.. bytes[..2], 0xFF, 0xE1, 0, (byte)(exif.Length + 2), .. exif, .. bytes[2..]];
        }

        if (bytes[0] == s_pngSignature[0])
        {
            return [.. bytes[..33], .. Chunk("eXIf", tiff), .. Chunk("tEXt", "Model\0a phone"u8.ToArray()), .. bytes[33..]];
        }

        // A chunk that the header does not announce.
        byte[] webp = [.. bytes, .. "EXIF"u8, (byte)tiff.Length, 0, 0, 0, .. tiff];
        BinaryPrimitives.WriteInt32LittleEndian(webp.AsSpan(4), webp.Length - 8);
        return webp;
    }

    /// <param name="rows">What is packed as its pixels; of one colour and the right length where there is none.</param>
    public static byte[] Png(int width, int height, byte interlace = 0, byte depth = 8, byte color = 2, byte[]? rows = null, params byte[][] chunks)
    {
        var head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), height);
        (head[8], head[9], head[12]) = (depth, color, interlace);
        var channels = color switch { 2 => 3, 6 => 4, _ => 1 };
        return
        [
            .. s_pngSignature, .. Chunk("IHDR", head), .. chunks.SelectMany(chunk => chunk),
            .. Chunk("IDAT", Pack(rows ?? new byte[height * (1 + (width * channels * depth / 8))])), .. Chunk("IEND", []),
        ];
    }

    /// <summary>Text that is many times as long as its chunk.</summary>
    public static byte[] Text(int length) => Chunk("zTXt", [.. "Comment\0\0"u8, .. Pack(new byte[length])]);

    public static byte[] Pack(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(bytes);
        }

        return packed.ToArray();
    }

    public static byte[] Chunk(string type, byte[] data)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. data];
        var chunk = new byte[named.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        named.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(named.Length + 4), Crc(named));
        return chunk;
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = 0xFFFF_FFFFu;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB8_8320u;
            }
        }

        return ~crc;
    }
}
