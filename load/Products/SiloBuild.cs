using System.Diagnostics;

namespace GridMesh.Load.Products;

/// <summary>What a build of the product is, by the files that lie there.</summary>
/// <param name="Commit">Of the sources that were built; uncommitted changes do not show.</param>
/// <param name="Engine">Builds before there was only Orleans ran on an engine of their own.</param>
internal sealed record SiloBuild(string Commit, string Engine)
{
    private const string OrleansFile = "Orleans.Runtime.dll";

    public static SiloBuild Of(string assembly)
    {
        var orleans = Path.Combine(Path.GetDirectoryName(assembly)!, OrleansFile);
        return new SiloBuild(CommitOf(assembly), File.Exists(orleans) ? $"Orleans {VersionOf(orleans)}" : "embedded");
    }

    /// <summary>The build puts it behind a plus sign.</summary>
    private static string CommitOf(string assembly) =>
        FileVersionInfo.GetVersionInfo(assembly).ProductVersion?.Split('+') is [_, var commit] ? commit : "unknown";

    /// <summary>Of the package: the version of the file stays the same within a major one.</summary>
    private static string VersionOf(string file) =>
        string.Concat((FileVersionInfo.GetVersionInfo(file).ProductVersion ?? "").TakeWhile(c => char.IsDigit(c) || c == '.'))
            .TrimEnd('.');
}
