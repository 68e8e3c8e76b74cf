using System.Diagnostics;

namespace GridMesh.Load.Products;

/// <summary>Which executable a scenario runs and over what.</summary>
/// <param name="Assembly">Path of <c>GridMesh.Silo.dll</c>.</param>
/// <param name="DataFolder">Kept between the processes of one scenario.</param>
/// <param name="PostgresConnection">Null: SQLite in the data folder.</param>
internal sealed record SiloSetup(string Assembly, string DataFolder, string? PostgresConnection)
{
    private const string AssemblyName = "GridMesh.Silo.dll";

    /// <summary>Of all its processes, as <c>GridMesh:Demo:Speed=1</c>.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    public SiloBuild Build => SiloBuild.Of(Assembly);

    /// <summary>Where each process writes what it prints, for finding out what went wrong; null: nowhere.</summary>
    public string? LogFolder { get; init; }

    /// <summary>The executable that is named, or the one that was built along with this one.</summary>
    /// <exception cref="InvalidOperationException">It is not there.</exception>
    public static string FindAssembly(string? named)
    {
        if (named is not null)
        {
            return File.Exists(named)
                ? Path.GetFullPath(named)
                : throw new InvalidOperationException($"--silo is '{named}', which is not there");
        }

        var mine = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var path = Path.Combine(mine.Parent!.Parent!.FullName, "Silo", mine.Name, AssemblyName);
        return File.Exists(path)
            ? path
            : throw new InvalidOperationException($"{path} is missing: build src/Silo in the same configuration, or give --url");
    }

    /// <summary>How to start it, or one of its verbs. What it prints is redirected.</summary>
    public ProcessStartInfo Command(IReadOnlyList<string> arguments, IReadOnlyList<string> settings)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(Assembly),
        };
        start.ArgumentList.Add(Assembly);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.ArgumentList.Add("--data");
        start.ArgumentList.Add(DataFolder);
        foreach (var setting in Settings.Concat(settings))
        {
            start.ArgumentList.Add("--set");
            start.ArgumentList.Add(setting);
        }

        if (PostgresConnection is { } connection)
        {
            // By the environment, because arguments are seen by everybody on the machine.
            start.Environment["GridMesh__Storage"] = "Postgres";
            start.Environment["ConnectionStrings__GridMesh"] = connection;
        }

        return start;
    }
}
