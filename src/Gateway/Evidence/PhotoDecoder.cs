using GridMesh.Contracts.Incidents;
using SkiaSharp;

namespace GridMesh.Gateway.Evidence;

/// <summary>
/// Decodes a photo within bounds, whatever its bytes: its header is looked at before a pixel is, a JPEG that is larger
/// than what is kept is decoded smaller, and one that would take too much memory or time is refused.
/// </summary>
internal static class PhotoDecoder
{
    /// <summary>Most pixels of what is kept, four bytes each while it is decoded.</summary>
    public const long PixelsKept = 4_096L * 3_072;

    /// <summary>The decoder of JPEG leaves out detail by eighths.</summary>
    private const int Eighths = 8;

    /// <summary>The picture upright, on white where it is transparent, or the reason why it is none.</summary>
    public static (SKBitmap? Picture, bool IsReduced, string? Fault) Decode(byte[] bytes, DecodingBounds bounds)
    {
        var (decoded, isReduced, origin, fault) = Read(bytes, bounds);
        using (decoded)
        {
            if (decoded is null)
                return (null, false, fault);

            var picture = Upright(decoded, origin);
            return (picture, isReduced || picture.ByteCount < decoded.ByteCount, null);
        }
    }

    private static (SKBitmap? Decoded, bool IsReduced, SKEncodedOrigin Origin, string? Fault) Read(
        byte[] bytes, DecodingBounds bounds)
    {
        if (PhotoFormat.MediaTypeOf(bytes) is not { } mediaType)
            return Refused("is a JPEG, PNG or WebP photo, whatever it is called");

        if (mediaType == PhotoFormat.Jpeg && JpegSegments.Scans(bytes) > JpegSegments.ScansMax)
            return Refused($"comes in at most {JpegSegments.ScansMax} scans");

        using var stream = new DecodingStream(bytes, bounds.TimeMax);
        using var codec = SKCodec.Create(stream);
        if (codec is null || codec.Info.Width <= 0 || codec.Info.Height <= 0)
            return Refused("is a whole photo: this one cannot be decoded");

        var pixels = (long)codec.Info.Width * codec.Info.Height;
        if (pixels > Photo.PixelsMax)
            return Refused($"has at most {Photo.PixelsMax / 1_000_000} million pixels");

        var room = bounds.BytesMax - PhotoFormat.DecoderBytes(bytes, mediaType, pixels);
        if (SizeOf(codec, mediaType == PhotoFormat.Jpeg, room) is not { } size)
            return Refused($"is smaller: to decode it takes more than {bounds.BytesMax / 1_000_000} MB");

        var decoded = new SKBitmap(new SKImageInfo(
            size.Width, size.Height, SKImageInfo.PlatformColorType,
            codec.Info.IsOpaque ? SKAlphaType.Opaque : SKAlphaType.Premul, SKColorSpace.CreateSrgb()));
        if (codec.GetPixels(decoded.Info, decoded.GetPixels()) == SKCodecResult.Success)
            return (decoded, size != codec.Info.Size, codec.EncodedOrigin, null);

        decoded.Dispose();
        return Refused(stream.IsOver
            ? $"is simpler: it is not decoded within {bounds.TimeMax.TotalMilliseconds} ms"
            : "is a whole photo: this one cannot be decoded");
    }

    private static (SKBitmap?, bool, SKEncodedOrigin, string?) Refused(string fault) =>
        (null, false, SKEncodedOrigin.TopLeft, fault);

    /// <summary>The largest that is decoded in the room, in bytes; null for none.</summary>
    private static SKSizeI? SizeOf(SKCodec codec, bool isJpeg, long room)
    {
        for (var eighths = Eighths; eighths > 0; eighths = isJpeg ? eighths - 1 : 0)
        {
            var size = codec.GetScaledDimensions((float)eighths / Eighths);
            var pixels = (long)size.Width * size.Height;
            if (4 * pixels <= room && (!isJpeg || pixels <= PixelsKept))
                return size;
        }

        return null;
    }

    private static SKBitmap Upright(SKBitmap decoded, SKEncodedOrigin origin)
    {
        var (width, height) = origin >= SKEncodedOrigin.LeftTop
            ? (decoded.Height, decoded.Width)
            : (decoded.Width, decoded.Height);
        var scale = Math.Min(1, Math.Sqrt((double)PixelsKept / ((long)width * height)));
        var upright = new SKBitmap(new SKImageInfo(
            Math.Max(1, (int)(width * scale)), Math.Max(1, (int)(height * scale)), SKImageInfo.PlatformColorType,
            SKAlphaType.Opaque));
        using var canvas = new SKCanvas(upright);
        canvas.Clear(SKColors.White);
        canvas.Scale((float)upright.Width / width, (float)upright.Height / height);
        canvas.Concat(Turn(origin, decoded.Width, decoded.Height));
        using var pixels = decoded.PeekPixels();
        using var image = SKImage.FromPixels(pixels);
        canvas.DrawImage(image, 0, 0, new SKSamplingOptions(SKFilterMode.Linear));
        return upright;
    }

    /// <summary>From where the camera wrote a pixel to where it belongs (Exif 2.32, orientation).</summary>
    private static SKMatrix Turn(SKEncodedOrigin origin, float width, float height) => origin switch
    {
        SKEncodedOrigin.TopRight => new SKMatrix(-1, 0, width, 0, 1, 0, 0, 0, 1),
        SKEncodedOrigin.BottomRight => new SKMatrix(-1, 0, width, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.BottomLeft => new SKMatrix(1, 0, 0, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.LeftTop => new SKMatrix(0, 1, 0, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightTop => new SKMatrix(0, -1, height, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightBottom => new SKMatrix(0, -1, height, -1, 0, width, 0, 0, 1),
        SKEncodedOrigin.LeftBottom => new SKMatrix(0, 1, 0, -1, 0, width, 0, 0, 1),
        _ => SKMatrix.Identity,
    };
}
