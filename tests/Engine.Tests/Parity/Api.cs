using System.Reflection;

namespace GridMesh.Engine.Tests.Parity;

/// <summary>The two sides that are compared: the embedded engine, and the assemblies of Orleans that are at hand.</summary>
internal static class Api
{
    public static readonly Dictionary<string, ApiType> Ours = ApiReader.Read(Told("EmbeddedEngine"));

    /// <summary>By the name of the type.</summary>
    public static readonly Dictionary<string, (string Assembly, ApiType Type)> Official = Directory
        .EnumerateFiles(Told("OfficialAssemblies"), "Orleans.*.dll")
        .SelectMany(path => ApiReader.Read(path).Values.Select(type => (Assembly: Path.GetFileNameWithoutExtension(path), Type: type)))
        .GroupBy(found => found.Type.Name, StringComparer.Ordinal)
        .ToDictionary(found => found.Key, found => found.First(), StringComparer.Ordinal);

    private static string Told(string key) => typeof(Api).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;
}
