using System.Reflection;

namespace GridMesh.Gateway.Plumbing.Health;

/// <summary>Which build this is.</summary>
internal static class ProductVersion
{
    /// <summary>
    /// The version that the last tag gives this commit, and behind a <c>+</c> the commit, where the build knew it.
    /// </summary>
    public static string Text { get; } = typeof(ProductVersion).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
