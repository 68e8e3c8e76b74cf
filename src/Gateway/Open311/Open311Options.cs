using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Json;
using GridMesh.Gateway.Plumbing.Keys;

namespace GridMesh.Gateway.Open311;

/// <summary>The doors for the public. Section <c>GridMesh:Open311</c>.</summary>
public sealed class Open311Options
{
    public const string Section = "GridMesh:Open311";

    /// <summary>Taken in Development where no keys are configured.</summary>
    public const string DevelopmentKey = "development-open311";

    /// <summary>Who may report, and how much.</summary>
    public IList<ApiKeyOptions> Keys { get; set; } = [];

    /// <summary>
    /// Lines whose cases everybody may read with description and place. Of others everybody who has the number learns
    /// how far they are, and no more. Null: city management, which is what lies in the street for all to see.
    /// </summary>
    public IList<string>? PublicLines { get; set; }

    /// <summary>Where the service is reached from outside; null: as it was called.</summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>Whom to write to, shown in the discovery document.</summary>
    public string Contact { get; set; } = "the grid management centre of the district";

    /// <summary>How to get a key, shown in the discovery document.</summary>
    public string KeyService { get; set; } = "ask the grid management centre of the district for an api_key";

    internal ImmutableArray<Line> Lines => PublicLines is null
        ? [Line.UrbanManagement]
        : [.. PublicLines.Select(line => LineOf(line)!.Value).Distinct()];

    public IEnumerable<string> Problems()
    {
        foreach (var problem in ApiKeyOptions.Problems(Section, [.. Keys]))
        {
            yield return problem;
        }

        foreach (var line in PublicLines ?? [])
        {
            if (LineOf(line) is null)
            {
                yield return $"{Section}:PublicLines names '{line}'; it has to be of {EnumName.All<Line>()}";
            }
        }

        if (PublicUrl is { } url && (!url.IsAbsoluteUri || url.Scheme is not ("http" or "https")))
        {
            yield return $"{Section}:PublicUrl is an absolute address of http or https";
        }
    }

    private static Line? LineOf(string name) =>
        EnumName.TryParse<Line>(name, out var line, ignoreCase: true) ? line : null;
}
