using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Storage;
using GridMesh.Exchange.Evidence;
using GridMesh.Gateway.Evidence;

namespace GridMesh.Silo.Evidence;

/// <summary>
/// Photos of a package: checked all together before anything is changed, then stored one at a time, with small ones
/// made as the gateway makes them. Nothing is stored that no case of the journal names.
/// </summary>
internal sealed class EvidenceImport(string package, NamedPhotos named)
{
    private const int ReportEvery = 100;

    private readonly HashSet<string> _found = [];

    /// <summary>Photos stored, without those that were there already.</summary>
    public int Stored { get; private set; }

    /// <summary>What is no photo that a case names, and is passed over.</summary>
    public int Unnamed { get; private set; }

    /// <summary>With one of them nothing is imported.</summary>
    public ShortList Problems { get; } = new("个问题未列出 more problems");

    /// <summary>What cases name and the package lacks; the facts come all the same.</summary>
    public ShortList Missing { get; } = new("张照片缺失 more photos are missing");

    /// <summary>Reads everything and writes nothing.</summary>
    public void Check()
    {
        using var files = PhotoFiles.Open(package);
        foreach (var name in files.Names)
        {
            if (!IsNamed(name, out var hash, out var mediaType))
                Unnamed++;
            else if (FaultOf(files.Read(name), hash, mediaType) is { } fault)
                Problems.Add($"{name}: {fault}");
            else
                _found.Add(hash);
        }

        foreach (var (hash, incident) in named.Cases.Where(photo => !_found.Contains(photo.Key)))
            Missing.Add($"photo {hash} of case {incident} is not in the package 资料包中没有该照片");
    }

    /// <summary>Stores what is not there yet.</summary>
    /// <exception cref="InvalidDataException">A photo cannot be decoded, or was changed since the check.</exception>
    public async Task RunAsync(IEvidenceStore store, IProgress<string> progress)
    {
        using var files = PhotoFiles.Open(package);
        foreach (var name in files.Names)
        {
            if (!IsNamed(name, out var hash, out var mediaType)
                || await store.FindAsync(hash, thumbnail: true) is not null)
            {
                continue;
            }

            var bytes = files.Read(name);
            if (FaultOf(bytes, hash, mediaType) is { } changed)
                throw new InvalidDataException($"{name}: {changed}");

            var small = PhotoReader.SmallOf(bytes!)
                ?? throw new InvalidDataException($"{name}: 照片无法解码 / cannot be decoded");
            for (var claims = 0; claims < named.CountOf(hash); claims++)
            {
                // Each case that names it has a claim: what one of them lets go stays for the others.
                await store.PutAsync(new StoredPhoto(hash, mediaType, bytes!, small));
            }

            if (++Stored % ReportEvery == 0)
                progress.Report($"{Stored} 张照片 photos");
        }
    }

    private bool IsNamed(string name, out string hash, out string mediaType)
    {
        var isPhoto = PhotoFiles.TryParse(name, out var itsHash, out var itsType);
        (hash, mediaType) = (itsHash ?? "", itsType ?? "");
        return isPhoto && named.CountOf(hash) > 0;
    }

    private static string? FaultOf(byte[]? bytes, string hash, string mediaType) => bytes is null
        ? $"超过 {Photo.BytesMax} 字节 / is larger than {Photo.BytesMax} bytes"
        : Photo.HashOf(bytes) != hash
            ? "内容与文件名（SHA-256）不符 / its content is not what its name (SHA-256) says: changed, or cut off"
        : PhotoFormat.MediaTypeOf(bytes) is var found && found != mediaType
            ? $"内容不是 {mediaType} / is {found ?? "no photo"} by its content, not {mediaType}"
        : null;
}
