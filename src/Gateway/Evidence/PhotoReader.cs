using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Storage;
using SkiaSharp;

namespace GridMesh.Gateway.Evidence;

/// <summary>
/// Makes what is kept of a photo: upright, a JPEG with nothing in it but the picture, and the small one. What is such a
/// JPEG already is kept byte for byte. Decodes a few at a time.
/// </summary>
public sealed class PhotoReader : IDisposable
{
    /// <summary>Longest side of a thumbnail in pixels.</summary>
    public const int ThumbnailSide = 320;

    private const int ThumbnailQuality = 80;

    /// <summary>At this one the largest picture of mere noise has less than the 10 MB of a photo.</summary>
    private const int Quality = 85;

    /// <summary>So many are decoded at once, others wait.</summary>
    private const int AtOnceMax = 2;

    /// <summary>Most bodies in memory at once, of 10 MB each.</summary>
    private const int InHandMax = 16;

    private readonly SemaphoreSlim _places = new(AtOnceMax);
    private readonly SemaphoreSlim _hands = new(InHandMax);

    /// <summary>Room for one more body, until it is disposed; null where there is none.</summary>
    public IDisposable? Take() => _hands.Wait(0) ? new Hand(_hands) : null;

    /// <summary>The photo with its bytes, or the reason why it is none.</summary>
    public async Task<(Photo? Photo, StoredPhoto? Stored, string? Fault)> ReadAsync(
        byte[] bytes, PhotoKind kind, CancellationToken cancellation)
    {
        await _places.WaitAsync(cancellation);
        try
        {
            var (picture, isReduced, fault) = PhotoDecoder.Decode(bytes, DecodingBounds.Upload);
            using (picture)
            {
                if (picture is null)
                    return (null, null, fault);

                var kept = !isReduced && IsBare(bytes) ? bytes : Write(picture, Quality);
                var photo = new Photo(
                    Photo.HashOf(kept), kind, PhotoFormat.Jpeg, kept.Length, picture.Width, picture.Height);
                return (photo, new StoredPhoto(photo.Hash, photo.MediaType, kept, Shrink(picture)), null);
            }
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>A JPEG with nothing in it but the picture, as this reader writes them.</summary>
    public static bool IsBare(byte[] bytes) =>
        PhotoFormat.MediaTypeOf(bytes) == PhotoFormat.Jpeg && JpegSegments.IsBare(bytes);

    /// <summary>The small one of a photo that is kept already; null where it cannot be decoded.</summary>
    public static byte[]? SmallOf(byte[] bytes)
    {
        var (picture, _, _) = PhotoDecoder.Decode(bytes, DecodingBounds.Import);
        using (picture)
        {
            return picture is null ? null : Shrink(picture);
        }
    }

    public void Dispose()
    {
        _places.Dispose();
        _hands.Dispose();
    }

    private static byte[] Shrink(SKBitmap picture)
    {
        var scale = Math.Min(1, (double)ThumbnailSide / Math.Max(picture.Width, picture.Height));
        using var small = new SKBitmap(picture.Info.WithSize(
            Math.Max(1, (int)Math.Round(picture.Width * scale)), Math.Max(1, (int)Math.Round(picture.Height * scale))));
        return picture.ScalePixels(small, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear))
            ? Write(small, ThumbnailQuality)
            : throw new InvalidOperationException("a picture that was decoded cannot be made smaller");
    }

    private static byte[] Write(SKBitmap picture, int quality)
    {
        using var pixels = picture.PeekPixels();
        using var jpeg = pixels.Encode(new SKJpegEncoderOptions(
            quality, SKJpegEncoderDownsample.Downsample420, SKJpegEncoderAlphaOption.Ignore))
            ?? throw new InvalidOperationException("a picture that was decoded cannot be written");
        return jpeg.ToArray();
    }

    private sealed class Hand(SemaphoreSlim hands) : IDisposable
    {
        public void Dispose() => hands.Release();
    }
}
