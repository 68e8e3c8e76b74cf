using System.Buffers.Binary;

namespace GridMesh.Gateway.Evidence;

/// <summary>
/// The markers of a JPEG (ITU-T T.81, annex B), found without decoding anything. Bytes between them are passed over, as
/// decoders do.
/// </summary>
internal static class JpegSegments
{
    /// <summary>
    /// Most scans. Each is a pass over the whole picture, however few bytes it has; progressive photos have about ten.
    /// </summary>
    public const int ScansMax = 20;

    private const byte StartOfFrame = 0xC0;
    private const byte StartOfScan = 0xDA;
    private const byte End = 0xD9;
    private const byte FirstApplication = 0xE0;
    private const byte LastApplication = 0xEF;

    /// <summary>Of the header of JFIF without a preview.</summary>
    private const int JfifLength = 14;

    private const byte Comment = 0xFE;

    /// <summary>
    /// Nothing is in it but the picture: no data of applications (place, camera, preview, colours), no comment, nothing
    /// behind the end.
    /// </summary>
    public static bool IsBare(byte[] bytes)
    {
        var last = default((byte Marker, int At));
        foreach (var (marker, at, length) in Walk(bytes))
        {
            if (marker is > FirstApplication and <= LastApplication or Comment
                || (marker == FirstApplication && length > JfifLength))
            {
                return false;
            }

            last = (marker, at);
        }

        return last == (End, bytes.Length);
    }

    /// <summary>How many scans the picture comes in.</summary>
    public static int Scans(byte[] bytes) => Walk(bytes).Count(segment => segment.Marker == StartOfScan);

    /// <summary>Samples that are held until the last scan has come: none where there is one scan only.</summary>
    public static long HeldSamples(byte[] bytes, long pixels)
    {
        var frame = Walk(bytes).FirstOrDefault(segment => IsFrame(segment.Marker));
        if (frame.Marker is StartOfFrame or StartOfFrame + 1 && Scans(bytes) <= 1)
            return 0;

        // Precision, height, width, then three bytes a component: id, sampling factors, table.
        var payload = bytes.AsSpan(frame.At, Math.Min(frame.Length, bytes.Length - frame.At));
        var (sum, most) = (0, 1);
        for (var at = 7; at < payload.Length; at += 3)
        {
            var factor = (payload[at] >> 4) * (payload[at] & 0xF);
            (sum, most) = (sum + factor, Math.Max(most, factor));
        }

        return pixels * sum / most;
    }

    private static bool IsFrame(byte marker) => marker is >= StartOfFrame and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    /// <summary>Each with the place and length of what it says; the end with the place behind it.</summary>
    private static IEnumerable<(byte Marker, int At, int Length)> Walk(byte[] bytes)
    {
        var at = 2;
        while (Next(bytes, at) is (var marker, var start))
        {
            at = start;
            if (marker == End)
            {
                yield return (marker, at, 0);
                yield break;
            }

            // Restarts and the like stand alone.
            if (marker is 0x01 or (>= 0xD0 and <= 0xD8))
                continue;

            if (at + 2 > bytes.Length)
                yield break;

            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at));
            if (length < 2)
                yield break;

            yield return (marker, at + 2, length - 2);
            at += length;
        }
    }

    /// <summary>
    /// The next marker, with the place behind it. FF 00 is a byte of the picture, and more FF are filling.
    /// </summary>
    private static (byte Marker, int At)? Next(byte[] bytes, int from)
    {
        for (var at = from; at < bytes.Length; at++)
        {
            var found = bytes.AsSpan(at).IndexOf((byte)0xFF);
            if (found < 0 || at + found + 1 >= bytes.Length)
                return null;

            at += found;
            if (bytes[at + 1] is not (0 or 0xFF))
                return (bytes[at + 1], at + 2);
        }

        return null;
    }
}
