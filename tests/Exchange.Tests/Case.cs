namespace GridMesh.Exchange.Tests;

/// <summary>A file as somebody sent it.</summary>
internal static class Case
{
    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Cases", name);

    public static MemoryStream Open(string name) => new(File.ReadAllBytes(PathOf(name)));
}
