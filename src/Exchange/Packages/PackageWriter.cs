using System.IO.Compression;

namespace GridMesh.Exchange.Packages;

/// <summary>
/// Writes a folder, or an archive where the path ends in <c>.zip</c>. It comes into being under another name and takes
/// its own only when complete, so a half-written package is never mistaken for a whole one.
/// </summary>
internal sealed class PackageWriter : IDisposable
{
    private const string Unfinished = ".unfinished";

    private readonly string _path;
    private readonly ZipArchive? _archive;
    private readonly List<string> _files = [];

    private PackageWriter(string path, ZipArchive? archive) => (_path, _archive) = (path, archive);

    public static PackageWriter Create(string path)
    {
        if (!path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
        {
            Directory.CreateDirectory(path);
            return new PackageWriter(path, null);
        }

        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
            Directory.CreateDirectory(folder);

        return new PackageWriter(path, new ZipArchive(File.Create(path + Unfinished), ZipArchiveMode.Create));
    }

    /// <summary>To be disposed of before the next one is asked for.</summary>
    /// <param name="name">Where it lies in a folder of the package, with that before it and a slash.</param>
    /// <param name="isPacked">False for what is packed as it is and would not get smaller.</param>
    /// <exception cref="IOException">The archive is full: it could not be read again.</exception>
    public Stream Add(string name, bool isPacked = true)
    {
        _files.Add(name);
        if (_archive is not null)
        {
            if (_files.Count > ExchangeLimits.ArchiveEntriesMax)
            {
                throw new IOException(
                    $"An archive holds at most {ExchangeLimits.ArchiveEntriesMax} files: write a folder instead."
                    + " 压缩包内文件过多，请导出为文件夹。");
            }

            var level = isPacked ? CompressionLevel.Fastest : CompressionLevel.NoCompression;
            return _archive.CreateEntry(name, level).Open();
        }

        var path = Path.Combine(_path, name + Unfinished);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return File.Create(path);
    }

    /// <summary>Everything is there: the package takes its name.</summary>
    public void Complete()
    {
        if (_archive is not null)
        {
            _archive.Dispose();
            File.Move(_path + Unfinished, _path, overwrite: true);
            return;
        }

        foreach (var name in _files)
            File.Move(Path.Combine(_path, name + Unfinished), Path.Combine(_path, name), overwrite: true);
    }

    /// <summary>Without <see cref="Complete"/> nothing of it stays.</summary>
    public void Dispose()
    {
        _archive?.Dispose();
        File.Delete(_path + Unfinished);
        if (_archive is not null)
            return;

        foreach (var name in _files)
            File.Delete(Path.Combine(_path, name + Unfinished));
    }
}
