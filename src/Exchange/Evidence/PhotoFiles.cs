using System.Diagnostics.CodeAnalysis;
using GridMesh.Contracts.Incidents;
using GridMesh.Exchange.Packages;

namespace GridMesh.Exchange.Evidence;

/// <summary>A photo on its way into a package.</summary>
/// <param name="MediaType">As in <see cref="Photo"/>.</param>
public sealed record PackagePhoto(string Hash, string MediaType, byte[] Bytes);

/// <summary>
/// The photos of a package, files named by the hash of their content: <c>evidence/{hash}.jpg</c>, <c>.png</c> or
/// <c>.webp</c>. Read one by one; whether one is what its name says is for the reader to find out.
/// </summary>
public sealed class PhotoFiles : IDisposable
{
    private static readonly ImmutableDictionary<string, string> s_endings = ImmutableDictionary.CreateRange(
        [
            KeyValuePair.Create("image/jpeg", ".jpg"), KeyValuePair.Create("image/png", ".png"),
            KeyValuePair.Create("image/webp", ".webp"),
        ]);

    private readonly PackageReader _package;

    private PhotoFiles(PackageReader package) => _package = package;

    /// <summary>Every file of the folder, also such as are no photos by their name.</summary>
    public IEnumerable<string> Names => _package.List(PackageFiles.Evidence);

    /// <exception cref="IOException">The package cannot be opened.</exception>
    /// <exception cref="InvalidDataException">The archive is damaged, or has too many entries.</exception>
    public static PhotoFiles Open(string path) => new(PackageReader.Open(path));

    public static string NameOf(string hash, string mediaType) =>
        $"{PackageFiles.Evidence}/{hash}{s_endings[mediaType]}";

    /// <summary>The hash and media type that a name promises.</summary>
    public static bool TryParse(
        string name, [NotNullWhen(true)] out string? hash, [NotNullWhen(true)] out string? mediaType)
    {
        hash = Path.GetFileNameWithoutExtension(name);
        mediaType = s_endings.FirstOrDefault(ending => ending.Value == Path.GetExtension(name)).Key;
        return mediaType is not null && Photo.IsHash(hash);
    }

    /// <summary>The bytes of a file; null where it is longer than a photo may be.</summary>
    /// <exception cref="InvalidDataException">The archive is damaged, or holds the name twice.</exception>
    public byte[]? Read(string name)
    {
        using var stream = _package.Find(name, Photo.BytesMax)
            ?? throw new FileNotFoundException($"{name} is gone from the package");
        using var bytes = new MemoryStream();
        try
        {
            stream.CopyTo(bytes);
            return bytes.ToArray();
        }
        catch (FileTooLargeException)
        {
            return null;
        }
    }

    public void Dispose() => _package.Dispose();
}
