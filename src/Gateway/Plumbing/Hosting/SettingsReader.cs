namespace GridMesh.Gateway.Plumbing.Hosting;

/// <summary>Fills options from the configuration and collects everything that cannot be read.</summary>
public sealed class SettingsReader(IConfiguration configuration)
{
    private readonly List<string> _problems = [];

    public IReadOnlyList<string> Problems => _problems;

    /// <summary>The section over the defaults that are handed in.</summary>
    public T Bind<T>(string section, T value)
        where T : class
    {
        try
        {
            configuration.GetSection(section).Bind(value);
        }
        catch (InvalidOperationException e)
        {
            _problems.Add($"{section}: {e.InnerException?.Message ?? e.Message}");
        }

        return value;
    }

    public void Add(IEnumerable<string> problems) => _problems.AddRange(problems);
}
