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
        var pixels = picture.GetPixelSpan();
        random.NextBytes(pixels);
        for (var alpha = 3; alpha < pixels.Length; alpha += 4)
            pixels[alpha] = 255;

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
            return [
                .. bytes[..33], .. Chunk("eXIf", tiff), .. Chunk("tEXt", "Model\0a phone"u8.ToArray()), .. bytes[33..]];

        // A chunk that the header does not announce.
        byte[] webp = [.. bytes, .. "EXIF"u8, (byte)tiff.Length, 0, 0, 0, .. tiff];
        BinaryPrimitives.WriteInt32LittleEndian(webp.AsSpan(4), webp.Length - 8);
        return webp;
    }

    /// <param name="rows">What is packed as its pixels; of one colour and the right length where there is none.</param>
    public static byte[] Png(
        int width, int height, byte interlace = 0, byte depth = 8, byte color = 2, byte[]? rows = null,
        params byte[][] chunks)
    {
        var head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), height);
        (head[8], head[9], head[12]) = (depth, color, interlace);
        var channels = color switch { 2 => 3, 6 => 4, _ => 1 };
        return
        [
            .. s_pngSignature, .. Chunk("IHDR", head), .. chunks.SelectMany(chunk => chunk),
            .. Chunk("IDAT", Pack(rows ?? new byte[height * (1 + (width * channels * depth / 8))])),
            .. Chunk("IEND", []),
        ];
    }

    /// <summary>Text that is many times as long as its chunk.</summary>
    public static byte[] Text(int length) => Chunk("zTXt", [.. "Comment\0\0"u8, .. Pack(new byte[length])]);

    /// <summary>A lossless WebP with tables of codes for every sixteenth pixel (RFC 9649, 3.7).</summary>
    public static byte[] Tables(int side)
    {
        var bits = new List<bool>();
        void Write(int value, int count) =>
            bits.AddRange(Enumerable.Range(0, count).Select(bit => (value >> bit & 1) == 1));
        Write(0x2F, 8);
        Write(side - 1, 14);
        Write(side - 1, 14);
        Write(0, 1 + 3 + 1 + 1); // No alpha, version 0, no transform, no cache of colours.
        Write(1, 1 + 3 + 1);     // Which tables, for squares of four by four; that picture has no cache.
        foreach (var alphabet in (int[])[256 + 24, 256])
        {
            // Lengths are 0 or 8, a bit each, by their place in the order of RFC 9649; 256 codes have 8.
            Write(0, 1);
            Write(8, 4);
            foreach (var length in (int[])[17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8])
                Write(length is 0 or 8 ? 1 : 0, 3);

            Write(0, 1);
            bits.AddRange(Enumerable.Range(0, alphabet).Select(symbol => symbol < 256));
        }

        Enumerable.Range(0, 3).ToList().ForEach(_ => Write(1, 4)); // Of one symbol, for blue, alpha and distance.
        var squares = side / 4 * (side / 4);
        for (var square = 0; square < squares; square++)
            bits.AddRange(Enumerable.Range(0, 16).Select(bit => (square >> (bit < 8 ? 7 - bit : 23 - bit) & 1) == 1));

        Enumerable.Range(0, squares * 5).ToList().ForEach(_ => Write(1, 4));
        Write(0, 32);
        byte[] data = [.. bits.Chunk(8).Select(eight => (byte)eight.Select((bit, at) => bit ? 1 << at : 0).Sum())];
        byte[] webp = [.. "RIFF\0\0\0\0WEBPVP8L\0\0\0\0"u8, .. data, .. new byte[data.Length % 2]];
        BinaryPrimitives.WriteInt32LittleEndian(webp.AsSpan(4), webp.Length - 8);
        BinaryPrimitives.WriteInt32LittleEndian(webp.AsSpan(16), data.Length);
        return webp;
    }

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
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB8_8320u;
        }

        return ~crc;
    }
}
