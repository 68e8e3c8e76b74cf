namespace GridMesh.Load.Products;

/// <summary>The executables of a scenario that compares engines: they are built apart, each below its engine's folder.</summary>
/// <param name="Silo">The silo on Orleans.</param>
/// <param name="Gateway">The gateway alone, a client of silos on Orleans.</param>
internal sealed record Assemblies(string EmbeddedSilo, string Silo, string Gateway)
{
    private static readonly string[] s_configurations = ["release", "debug"];

    /// <exception cref="InvalidOperationException">Something is not built; the message says how to.</exception>
    public static Assemblies Find()
    {
        var embedded = SiloSetup.FindAssembly();
        return FindBelow(new FileInfo(embedded).Directory!.Parent!.Parent!.Parent!.Parent!.FullName, embedded);
    }

    /// <param name="artifacts">The folder that has a folder for each engine.</param>
    /// <exception cref="InvalidOperationException">Something is not built; the message says how to.</exception>
    public static Assemblies FindBelow(string artifacts, string embedded)
    {
        var (silo, gateway) = (OnOrleans(artifacts, "Silo"), OnOrleans(artifacts, "Gateway"));
        string?[] missing = [silo is null ? "src/Silo" : null, gateway is null ? "src/Gateway" : null];
        var commands = missing.OfType<string>().Select(project => $"Engine=Orleans dotnet build -c Release {project}").ToArray();
        return commands.Length == 0
            ? new Assemblies(embedded, silo!, gateway!)
            : throw new InvalidOperationException($"not built on Orleans; run {string.Join(" and ", commands)}");
    }

    private static string? OnOrleans(string artifacts, string project) => s_configurations
        .Select(configuration => Path.Combine(artifacts, "Orleans", "bin", project, configuration, $"GridMesh.{project}.dll"))
        .FirstOrDefault(File.Exists);
}
