using System.Text;

namespace GridMesh.Contracts.Storage;

/// <summary>
/// Files that only their owner reads: who lives where is in them. On Windows folders give their files the rights.
/// </summary>
public static class PrivateFiles
{
    private const UnixFileMode File600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Folder700 = File600 | UnixFileMode.UserExecute;

    /// <summary>Some seconds, of which each turn after the first few takes one thousandth.</summary>
    private const int SpinsMax = 5000;

    /// <summary>Makes the folder, where there is none.</summary>
    public static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows())
            System.IO.Directory.CreateDirectory(path);
        else
            System.IO.Directory.CreateDirectory(path, Folder700);
    }

    /// <summary>Makes an empty file where there is none: what else makes it would let everybody read it.</summary>
    public static void Make(string path)
    {
        if (!File.Exists(path))
            Open(path, FileMode.OpenOrCreate).Dispose();
    }

    /// <summary>
    /// The text of a small file, such as a key, that is made where there is none: of several processes that begin
    /// together one makes it, and none reads it half.
    /// </summary>
    /// <exception cref="IOException">It cannot be read or made.</exception>
    public static string ReadOrMake(string path, Func<string> make)
    {
        var spin = default(SpinWait);
        while (true)
        {
            try
            {
                return new FileInfo(path) is { Exists: true, Length: > 0 }
                    ? File.ReadAllText(path).Trim()
                    : Make(path, make);
            }
            catch (IOException) when (spin.Count < SpinsMax && File.Exists(path))
            {
                // Whoever makes it has it for himself for that moment.
                spin.SpinOnce();
            }
        }
    }

    /// <summary>Opens a file for nobody else, in either sense.</summary>
    public static FileStream Open(string path, FileMode mode)
    {
        var options = new FileStreamOptions
        {
            Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = File600;
        return new FileStream(path, options);
    }

    /// <summary>
    /// Takes from others what an older version let them have. A folder of all, or one that is somebody else's as a
    /// mounted one may be, stays as it is: whoever made it says who may.
    /// </summary>
    /// <param name="files">Ours, by pattern.</param>
    public static void Close(string folder, params ReadOnlySpan<string> files)
    {
        if (OperatingSystem.IsWindows() || (File.GetUnixFileMode(folder) & UnixFileMode.StickyBit) != UnixFileMode.None)
            return;
        try
        {
            File.SetUnixFileMode(folder, Folder700);
            foreach (var pattern in files)
            {
                foreach (var file in System.IO.Directory.EnumerateFiles(folder, pattern))
                    File.SetUnixFileMode(file, File600);
            }
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            // Not ours to say.
        }
    }

    private static string Make(string path, Func<string> make)
    {
        using var file = Open(path, FileMode.OpenOrCreate);
        if (file.Length > 0)
            return new StreamReader(file).ReadToEnd().Trim();
        var text = make();
        file.Write(Encoding.UTF8.GetBytes(text));
        file.Flush(flushToDisk: true);
        return text;
    }
}
