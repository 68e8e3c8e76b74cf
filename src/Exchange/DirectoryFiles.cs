using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Storage;
using GridMesh.Exchange.Areas;
using GridMesh.Exchange.Calendars;
using GridMesh.Exchange.Checks;
using GridMesh.Exchange.Evidence;
using GridMesh.Exchange.Journals;
using GridMesh.Exchange.Packages;
using GridMesh.Exchange.Rows;

namespace GridMesh.Exchange;

/// <summary>Directory packages: a folder or a <c>.zip</c> of GeoJSON and CSV files (docs/exchange.md).</summary>
public static class DirectoryFiles
{
    /// <summary>
    /// Reads and checks a whole package. Never throws for what is in it: everything that is wrong is in the result,
    /// with file and line, and with one problem there is no data.
    /// </summary>
    public static ReadResult Read(string path, IProgress<string>? progress = null)
    {
        var problems = new ProblemList();
        try
        {
            using var package = PackageReader.Open(path);
            var rows = new DirectoryRows(
                Step(PackageFiles.Areas, () => AreaFile.ReadFrom(package, problems)),
                Step(PackageFiles.Buildings, () => DirectoryTables.Buildings.ReadFrom(package, problems)),
                Step(PackageFiles.Workers, () => DirectoryTables.Workers.ReadFrom(package, problems)),
                Step(PackageFiles.Departments, () => DirectoryTables.Departments.ReadFrom(package, problems)),
                Step(PackageFiles.Devices, () => DirectoryTables.Devices.ReadFrom(package, problems)),
                Step(PackageFiles.Standards, () => DirectoryTables.Standards.ReadFrom(package, problems)),
                Step(PackageFiles.Calendar, () => CalendarFile.ReadFrom(package, problems)),
                Step(PackageFiles.Ladders, () => DirectoryTables.Ladders.ReadFrom(package, problems)));
            new DirectoryCheck(rows, problems).Run(progress);
            return new ReadResult(problems.IsEmpty ? DataOf(rows) : null, problems.ToList());
        }
        catch (Exception e) when (
            e is IOException or InvalidDataException or UnauthorizedAccessException or NotSupportedException)
        {
            problems.Add(path, 0, "", "资料包无法打开", $"the package cannot be opened: {e.Message}");
            return new ReadResult(null, problems.ToList());
        }

        T Step<T>(string file, Func<T> read)
        {
            progress?.Report($"读取 reading {file}");
            return read();
        }
    }

    /// <summary>Writes a package; what <see cref="Read"/> makes of it equals the data.</summary>
    /// <param name="path">A folder, or an archive if it ends in <c>.zip</c>; files of the same names are
    /// replaced.</param>
    /// <exception cref="IOException">The disk failed; the package is as it was.</exception>
    public static void Write(DirectoryData data, string path)
    {
        using var package = PackageWriter.Create(path);
        WriteFiles(data, package);
        package.Complete();
    }

    /// <summary>Writes a package with the journal in it.</summary>
    /// <exception cref="IOException">The disk failed; the package is as it was.</exception>
    public static Task WriteAsync(
        DirectoryData data, IAsyncEnumerable<JournalRecord> journal, string path,
        CancellationToken cancellation = default) =>
        WriteAsync(data, journal, AsyncEnumerable.Empty<PackagePhoto>(), path, cancellation);

    /// <summary>Writes a package with the journal and the photos of its cases in it.</summary>
    /// <param name="photos">Asked for when the journal is written.</param>
    /// <exception cref="IOException">The disk failed, or an archive has no room; the package is as it was.</exception>
    public static async Task WriteAsync(
        DirectoryData data, IAsyncEnumerable<JournalRecord> journal, IAsyncEnumerable<PackagePhoto> photos, string path,
        CancellationToken cancellation = default)
    {
        using var package = PackageWriter.Create(path);
        WriteFiles(data, package);
        await using (var stream = package.Add(PackageFiles.Journal))
        {
            await JournalFiles.WriteAsync(journal, stream, cancellation);
        }

        await foreach (var photo in photos.WithCancellation(cancellation))
        {
            await using var stream = package.Add(PhotoFiles.NameOf(photo.Hash, photo.MediaType), isPacked: false);
            await stream.WriteAsync(photo.Bytes, cancellation);
        }

        package.Complete();
    }

    private static void WriteFiles(DirectoryData data, PackageWriter package)
    {
        Add(PackageFiles.Areas, stream => AreaFile.WriteTo(stream, data.Areas));
        Add(PackageFiles.Buildings, stream => DirectoryTables.Buildings.WriteTo(stream, data.Buildings));
        Add(PackageFiles.Workers, stream => DirectoryTables.Workers.WriteTo(stream, data.Workers));
        Add(PackageFiles.Departments, stream => DirectoryTables.Departments.WriteTo(stream, data.Departments));
        Add(PackageFiles.Devices, stream => DirectoryTables.Devices.WriteTo(stream, data.Devices));
        Add(PackageFiles.Standards, stream => DirectoryTables.Standards.WriteTo(stream, data.Standards));
        Add(PackageFiles.Calendar, stream => DirectoryTables.Calendar.WriteTo(stream, data.Calendar));
        Add(PackageFiles.Ladders, stream => DirectoryTables.Ladders.WriteTo(stream, data.Ladders));

        void Add(string name, Action<Stream> write)
        {
            using var stream = package.Add(name);
            write(stream);
        }
    }

    private static DirectoryData DataOf(DirectoryRows rows) => new(
        Values(rows.Areas), Values(rows.Buildings), Values(rows.Workers), Values(rows.Departments),
        Values(rows.Devices),
        Values(rows.Standards), Values(rows.Calendar))
    {
        Ladders = Values(rows.Ladders),
    };

    private static ImmutableArray<T> Values<T>(List<Located<T>> rows) => [.. rows.Select(row => row.Value)];
}
