using System.Diagnostics.CodeAnalysis;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Storage;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.Processing;

namespace GridMesh.Gateway.Evidence;

/// <summary>
/// Tells by its content whether something is a photo, and makes the small one. Decodes a few at a time.
/// </summary>
internal sealed class PhotoReader : IDisposable
{
    /// <summary>Longest side of a thumbnail in pixels.</summary>
    public const int ThumbnailSide = 320;

    private const int ThumbnailQuality = 80;

    /// <summary>A decoded photo takes four bytes a pixel: so many are held at once, others wait.</summary>
    private const int AtOnceMax = 2;

    /// <summary>Nothing but these three is even tried.</summary>
    private static readonly Configuration s_formats = new(
        new JpegConfigurationModule(), new PngConfigurationModule(), new WebpConfigurationModule());

    private readonly SemaphoreSlim _places = new(AtOnceMax);

    /// <summary>The photo with its bytes, or the reason why it is none.</summary>
    public async Task<(Photo? Photo, StoredPhoto? Stored, string? Fault)> ReadAsync(
        byte[] bytes, PhotoKind kind, CancellationToken cancellation)
    {
        if (!TryIdentify(bytes, out var info, out var mediaType))
        {
            return (null, null, "is a JPEG, PNG or WebP photo, whatever it is called");
        }

        if ((long)info.Width * info.Height > Photo.PixelsMax)
        {
            return (null, null, $"has at most {Photo.PixelsMax / 1_000_000} million pixels");
        }

        await _places.WaitAsync(cancellation);
        try
        {
            var thumbnail = Shrink(bytes);
            var hash = Photo.HashOf(bytes);
            return (
                new Photo(hash, kind, mediaType, bytes.Length, info.Width, info.Height),
                new StoredPhoto(hash, mediaType, bytes, thumbnail), null);
        }
        catch (Exception e) when (e is ImageFormatException or ArgumentException or NotSupportedException)
        {
            return (null, null, "is a whole photo: this one cannot be decoded");
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>What it is by its content, without decoding it; null where it is no photo.</summary>
    public static string? MediaTypeOf(byte[] bytes) => TryIdentify(bytes, out _, out var mediaType) ? mediaType : null;

    public void Dispose() => _places.Dispose();

    private static bool TryIdentify(
        byte[] bytes, [NotNullWhen(true)] out IImageInfo? info, [NotNullWhen(true)] out string? mediaType)
    {
        try
        {
            using var stream = new MemoryStream(bytes, writable: false);
            info = Image.Identify(s_formats, stream, out var format);
            mediaType = format?.DefaultMimeType;
            return info is not null && mediaType is not null;
        }
        catch (Exception e) when (e is ImageFormatException or ArgumentException or NotSupportedException)
        {
            (info, mediaType) = (null, null);
            return false;
        }
    }

    /// <summary>Upright, without what the camera wrote besides: where and with what it was taken.</summary>
    private static byte[] Shrink(byte[] bytes)
    {
        using var image = Image.Load(s_formats, bytes);
        image.Mutate(one => one.AutoOrient().Resize(new ResizeOptions
        {
            Mode = ResizeMode.Max,
            Size = new Size(Math.Min(ThumbnailSide, image.Width), Math.Min(ThumbnailSide, image.Height)),
        }));
        image.Metadata.ExifProfile = null;
        image.Metadata.IptcProfile = null;
        image.Metadata.XmpProfile = null;
        using var small = new MemoryStream();
        image.Save(small, new JpegEncoder { Quality = ThumbnailQuality });
        return small.ToArray();
    }
}
