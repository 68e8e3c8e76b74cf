using System.Globalization;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Geo;
using GridMesh.Contracts.Incidents;
using GridMesh.Gateway.Directory;
using GridMesh.Gateway.Public;

namespace GridMesh.Gateway.Residents;

/// <summary>
/// The form of a report, read and checked; everything that is wrong with it is said beside its field.
/// </summary>
internal sealed class ReportInput
{
    public const int DescriptionMax = 1_000;
    public const int AddressMax = 200;
    public const int NameMax = 40;
    public const int PhoneMax = 20;

    /// <summary>Least digits of a telephone number.</summary>
    private const int PhoneDigits = 5;

    private ReportInput(Fields fields, DirectoryView view, GridLocator locator)
    {
        Fields = fields;
        Standard = view.Standards.GetValueOrDefault(fields["category"]);
        fields.That(Standard is not null, "category", new Said("请选择问题类型", "Choose what it is about"));
        Position = PointOf();
        Grid = GridOf(view, locator);
        var address = fields.Optional("address", AddressMax);
        var words = fields.Optional("description", DescriptionMax);
        Description = PublicText.WithNotes(words ?? Standard?.Name ?? "", address, null);
        Reporter = ReporterOf();
    }

    public Fields Fields { get; }

    public FilingStandard? Standard { get; }

    public GeoPoint? Position { get; }

    public AreaCode? Grid { get; }

    public string Description { get; }

    public string? Reporter { get; }

    public static ReportInput Read(IFormCollection form, DirectoryView view, GridLocator locator) =>
        new(new Fields(form), view, locator);

    private GeoPoint? PointOf()
    {
        if (Fields["lng"].Length == 0 && Fields["lat"].Length == 0)
            return null;

        if (Degrees("lng") is { } lng && Degrees("lat") is { } lat && new GeoPoint(lng, lat) is { IsValid: true } point)
            return point;

        Fields.That(false, "grid", new Said("定位无效，请在下面选择网格", "That place is none; choose a grid below"));
        return null;
    }

    private double? Degrees(string name) => double.TryParse(
        Fields[name], NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees) ? degrees : null;

    private AreaCode? GridOf(DirectoryView view, GridLocator locator)
    {
        if (Position is { } point)
        {
            var found = locator.GridAt(point);
            Fields.That(
                found is not null, "grid",
                new Said("该位置不在本辖区，请在下面选择网格", "That place is outside this district; choose a grid below"));
            return found;
        }

        var isGrid = AreaCode.TryParse(Fields["grid"], out var grid, out _) && grid.Tier == Tier.Grid
            && view.Areas.ContainsKey(grid);
        Fields.That(isGrid, "grid", new Said("请选择地点", "Say where it is"));
        return isGrid ? grid : null;
    }

    private string? ReporterOf()
    {
        var (name, phone) = (Fields.Optional("name", NameMax), Fields.Optional("phone", PhoneMax));
        Fields.That(
            phone is null || (phone.Count(char.IsAsciiDigit) >= PhoneDigits
                && phone.All(one => char.IsAsciiDigit(one) || one is '+' or '-' or ' ')),
            "phone", new Said("请填写有效的电话号码", "That is no telephone number"));
        return (name, phone) is (null, null) ? null : $"{name} {phone}".Trim();
    }
}
