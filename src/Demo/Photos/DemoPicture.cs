using System.Buffers.Binary;
using System.IO.Compression;

namespace GridMesh.Demo.Photos;

/// <summary>
/// Small pictures for the demo's photos, a few only, so that the evidence store keeps few: a ground, a sky and what
/// lies about, which is gone in the picture of afterwards. Written as PNG (W3C PNG, third edition) with nothing but
/// zlib.
/// </summary>
internal static class DemoPicture
{
    public const int Width = 64;
    public const int Height = 48;

    /// <summary>So many different scenes; each has a before and an after.</summary>
    public const int Scenes = 32;

    private const int Horizon = 18;

    private static readonly byte[] s_signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The same bytes for the same scene, always.</summary>
    public static byte[] Make(int scene, bool isAfter)
    {
        using var png = new MemoryStream();
        png.Write(s_signature);
        Span<byte> head = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, Width);
        BinaryPrimitives.WriteInt32BigEndian(head[4..], Height);
        (head[8], head[9]) = (8, 2); // Eight bits a channel; red, green, blue.
        WriteChunk(png, "IHDR"u8, head);
        using (var packed = new MemoryStream())
        {
            using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            {
                zlib.Write(Draw(scene, isAfter));
            }

            WriteChunk(png, "IDAT"u8, packed.ToArray());
        }

        WriteChunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    /// <summary>Rows of pixels, each behind the number of its filter, which is none.</summary>
    private static byte[] Draw(int scene, bool isAfter)
    {
        const int Row = 1 + (3 * Width);
        var random = new Random(scene);
        var pixels = new byte[Height * Row];
        var (sky, ground) = ((byte)(150 + random.Next(80)), (byte)(70 + random.Next(60)));
        var heaps = Enumerable.Range(0, 6).Select(_ => (
            X: random.Next(Width), Y: Horizon + random.Next(Height - Horizon), Size: 2 + random.Next(4))).ToArray();
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var isHeap = !isAfter && heaps.Any(heap =>
                    Math.Abs(heap.X - x) <= heap.Size && Math.Abs(heap.Y - y) <= heap.Size);
                var (red, green, blue) = y < Horizon ? ((byte)(sky - 40), (byte)(sky - 20), sky)
                    : isHeap ? ((byte)(40 + (x % 30)), (byte)35, (byte)30)
                    : (ground, ground, (byte)(ground - 10));
                var at = (y * Row) + 1 + (3 * x);
                (pixels[at], pixels[at + 1], pixels[at + 2]) = (red, green, blue);
            }
        }

        return pixels;
    }

    private static void WriteChunk(Stream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        byte[] body = [.. type, .. data];
        png.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(body));
        png.Write(number);
    }

    /// <summary>CRC-32 of ISO 3309, as every chunk of a PNG ends with.</summary>
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320u : crc >> 1;
        }

        return ~crc;
    }
}
