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
        {
            Directory.CreateDirectory(folder);
        }

        return new PackageWriter(path, new ZipArchive(File.Create(path + Unfinished), ZipArchiveMode.Create));
    }

    /// <summary>To be disposed of before the next one is asked for.</summary>
    public Stream Add(string name)
    {
        if (_archive is not null)
        {
            return _archive.CreateEntry(name, CompressionLevel.Fastest).Open();
        }

        _files.Add(name);
        return File.Create(Path.Combine(_path, name + Unfinished));
    }

    /// <summary>Everything is there: the package takes its name.</summary>
    public void Complete()
    {
        if (_archive is not null)
        {
            _archive.Dispose();
            File.Move(_path + Unfinished, _path, overwrite: true);
        }

        foreach (var name in _files)
        {
            File.Move(Path.Combine(_path, name + Unfinished), Path.Combine(_path, name), overwrite: true);
        }
    }

    /// <summary>Without <see cref="Complete"/> nothing of it stays.</summary>
    public void Dispose()
    {
        _archive?.Dispose();
        File.Delete(_path + Unfinished);
        foreach (var name in _files)
        {
            File.Delete(Path.Combine(_path, name + Unfinished));
        }
    }
}
