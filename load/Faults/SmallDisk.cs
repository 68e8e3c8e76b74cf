using System.Diagnostics;

namespace GridMesh.Load.Faults;

/// <summary>
/// A disk of some MB in memory, in a namespace of its own that needs no rights: processes see it that begin with the
/// prefix, and it is gone with this.
/// </summary>
internal sealed class SmallDisk : IDisposable
{
    private const int SizeMb = 384;
    private readonly TemporaryFolder _mount = new();
    private readonly Process _holder;

    public SmallDisk()
    {
        _holder = Process.Start(new ProcessStartInfo(
            "unshare",
            ["-Urm", "sh", "-c", $"mount -t tmpfs -o size={SizeMb}m none \"$0\" && echo there && exec cat", Folder])
            { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true })!;
        if (_holder.StandardOutput.ReadLine() is null)
            throw new InvalidOperationException("this system gives no disk in a namespace of its own (unshare -Urm)");
    }

    public string Folder => _mount.Path;

    public IReadOnlyList<string> Prefix =>
        ["nsenter", "-t", $"{_holder.Id}", "-U", "-m", "--preserve-credentials"];

    private string Ballast => $"/proc/{_holder.Id}/root{Folder}/ballast";

    /// <summary>Takes the last byte.</summary>
    public void Fill()
    {
        using var file = new FileStream(Ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (var size = 1 << 20; size >= 1 << 12;)
        {
            try
            {
                file.Write(new byte[size]);
            }
            catch (IOException)
            {
                size /= 2;
            }
        }
    }

    public void Free() => File.Delete(Ballast);

    public void Dispose()
    {
        _holder.StandardInput.Close();
        _holder.WaitForExit();
        _holder.Dispose();
        _mount.Dispose();
    }
}
