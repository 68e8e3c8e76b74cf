using System.IO.Compression;

namespace GridMesh.Exchange.Packages;

/// <summary>
/// A folder or an archive. Files are asked for by their known names and read as streams; nothing is ever unpacked to
/// disk, so an entry's path cannot lead anywhere.
/// </summary>
internal sealed class PackageReader : IDisposable
{
    private readonly string _folder;
    private readonly ZipArchive? _archive;

    private readonly ILookup<string, ZipArchiveEntry>? _entries;

    private PackageReader(string folder, ZipArchive? archive) => (_folder, _archive, _entries) =
        (folder, archive, archive?.Entries.ToLookup(entry => entry.FullName));

    /// <exception cref="IOException">There is nothing at the path, or it cannot be read.</exception>
    /// <exception cref="InvalidDataException">The archive is damaged, or has too many entries.</exception>
    public static PackageReader Open(string path)
    {
        if (Directory.Exists(path))
            return new PackageReader(path, null);

        var archive = ZipFile.OpenRead(path);
        if (archive.Entries.Count > ExchangeLimits.ArchiveEntriesMax)
        {
            archive.Dispose();
            throw new InvalidDataException($"the archive has more than {ExchangeLimits.ArchiveEntriesMax} entries");
        }

        return new PackageReader(path, archive);
    }

    /// <summary>Null where the package lacks the file; the stream throws <see cref="FileTooLargeException"/>.</summary>
    /// <exception cref="InvalidDataException">The archive holds the name twice.</exception>
    public Stream? Find(string name, long bytesMax = ExchangeLimits.FileBytesMax)
    {
        if (_entries is null)
        {
            var path = Path.Combine(_folder, name);
            return File.Exists(path) ? new BoundedStream(File.OpenRead(path), bytesMax) : null;
        }

        var entries = _entries[name].ToArray();
        return entries.Length switch
        {
            0 => null,
            1 => new BoundedStream(entries[0].Open(), bytesMax),
            _ => throw new InvalidDataException($"the archive holds {name} more than once"),
        };
    }

    /// <summary>Names of the files in a folder of the package, as <see cref="Find"/> takes them, each once.</summary>
    public IEnumerable<string> List(string folder)
    {
        if (_entries is not null)
        {
            return _entries.Select(entry => entry.Key).Where(name =>
                name.StartsWith($"{folder}/", StringComparison.Ordinal) && !name.EndsWith('/'));
        }

        var path = Path.Combine(_folder, folder);
        return Directory.Exists(path)
            ? Directory.EnumerateFiles(path).Select(file => $"{folder}/{Path.GetFileName(file)}")
            : [];
    }

    public void Dispose() => _archive?.Dispose();
}
