using System.Globalization;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Geo;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Json;
using GridMesh.Contracts.Letters;
using GridMesh.Gateway.Directory;
using GridMesh.Gateway.Incidents;
using GridMesh.Gateway.Public;

namespace GridMesh.Gateway.Open311;

/// <summary>
/// The fields of <c>POST requests</c>, read and checked; everything that is wrong is kept. An empty field counts as
/// absent.
/// </summary>
internal sealed class ReportForm
{
    private const string AttributePrefix = "attribute[";

    private const int AddressMax = 200;
    private const int MediaMax = 500;

    private readonly Func<string, string?> _get;

    public ReportForm(
        IFormCollection form, Func<string, string?> get, DirectoryView view, AreaCode district, GridLocator locator)
    {
        _get = get;
        Standard = view.Standards.GetValueOrDefault(Required("service_code") ?? "");
        That(Standard is not null || _get("service_code") is null, "service_code: is none of the services");
        Position = PointOf();
        Severity = SeverityOf(form);
        Description = DescriptionOf();
        Reporter = Short(
            "first_name, last_name, phone, email", ReportEndpoint.ReporterMax,
            string.Join(' ', ((string[])["first_name", "last_name", "phone", "email"]).Select(get).OfType<string>()));
        Grid = Faults.Count == 0 ? GridOf(view, district, locator) : default;
    }

    public List<string> Faults { get; } = [];

    public FilingStandard? Standard { get; }

    public GeoPoint? Position { get; }

    public Severity? Severity { get; }

    public string Description { get; }

    public string? Reporter { get; }

    public AreaCode Grid { get; }

    private string DescriptionOf()
    {
        var text = PublicText.WithNotes(
            _get("description") ?? (Standard is { } standard ? ServiceDocuments.NameOf(standard) : ""),
            Short("address_string", AddressMax, _get("address_string")), MediaOf());
        That(
            text.Length <= IncidentCommand.TextMax,
            $"description: at most {IncidentCommand.TextMax} characters, address and media_url with it");
        return text;
    }

    private string? MediaOf()
    {
        var media = Short("media_url", MediaMax, _get("media_url"));
        That(
            media is null || (Uri.TryCreate(media, UriKind.Absolute, out var url)
                && url.Scheme is "http" or "https" && !media.Any(char.IsControl)),
            "media_url: is an address of http or https");
        return media;
    }

    private GeoPoint? PointOf()
    {
        var (lat, lng) = (Degrees("lat"), Degrees("long"));
        That((lat is null) == (lng is null), "lat, long: both or neither");
        if (lat is null || lng is null)
            return null;

        var point = new GeoPoint(lng.Value, lat.Value);
        That(point.IsValid, "lat, long: are WGS84 degrees, -90..90 and -180..180");
        return point;
    }

    private double? Degrees(string name)
    {
        if (_get(name) is not { } text)
            return null;

        var isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees);
        That(isNumber, $"{name}: is a number of degrees");
        return degrees;
    }

    private Severity? SeverityOf(IFormCollection form)
    {
        Severity? severity = null;
        foreach (var field in form.Where(field => field.Key.StartsWith(AttributePrefix, StringComparison.Ordinal)))
        {
            var code = field.Key[AttributePrefix.Length..].Split(']')[0];
            var value = field.Value.FirstOrDefault(text => !string.IsNullOrEmpty(text));
            if (value is null)
                continue;

            if (code != ServiceDocuments.SeverityCode)
                That(false, $"attribute[{WholeText.Shorten(code)}]: is no attribute of this service to fill in");
            else if (EnumName.TryParse<Severity>(value, out var named))
                severity = named;
            else
                That(false, $"attribute[{code}]: is one of {EnumName.All<Severity>()}");
        }

        return severity;
    }

    private AreaCode GridOf(DirectoryView view, AreaCode district, GridLocator locator)
    {
        if (Position is { } point)
        {
            var found = locator.GridAt(point);
            That(found is not null, "lat, long: lie in no grid of this jurisdiction");
            That(found is null || district.Contains(found.Value), "lat, long: lie in another jurisdiction");
            return found ?? default;
        }

        if (_get("address_id") is { } id)
        {
            var isGrid = AreaCode.TryParse(id, out var grid) && grid.Tier == Tier.Grid && view.Areas.ContainsKey(grid)
                && district.Contains(grid);
            That(isGrid, "address_id: is the code of a grid of this jurisdiction");
            return grid;
        }

        That(false, _get("address_string") is null
            ? "lat and long, or address_id, are required"
            : "address_string: alone cannot be found on the map here; send lat and long, or address_id");
        return default;
    }

    private string? Required(string name)
    {
        var value = _get(name);
        That(value is not null, $"{name}: is required");
        return value;
    }

    private string? Short(string name, int max, string? value)
    {
        That((value?.Length ?? 0) <= max, $"{name}: at most {max} characters");
        return string.IsNullOrEmpty(value) ? null : value;
    }

    private void That(bool holds, string otherwise)
    {
        if (!holds)
            Faults.Add(otherwise);
    }
}
