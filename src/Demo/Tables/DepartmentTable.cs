using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Json;

namespace GridMesh.Demo.Tables;

/// <summary>
/// Who owns what the grid cannot settle: bodies of the district, offices of the towns, property companies.
/// </summary>
internal static class DepartmentTable
{
    /// <summary>Property companies of a subdistrict.</summary>
    private const int CompaniesPerSubdistrict = 4;

    private const string DistrictBodies = """
        police|公安分局|Public Security Bureau|PublicSecurity,Emergency
        fire|消防救援大队|Fire and Rescue Brigade|Emergency
        urban|城市管理局|Urban Management Bureau|UrbanManagement
        civil|民政局|Civil Affairs Bureau|CivilAffairs
        petitions|信访局|Petitions Bureau|Petitions
        emergency|应急管理局|Emergency Management Bureau|Emergency
        health|卫生健康局|Health Bureau|Epidemic,CivilAffairs
        party|社会工作部|Social Work Department|PartyBuilding,Petitions
        politics-law|政法委|Political and Legal Commission|PublicSecurity,Petitions
        housing|住房和城乡建设局|Housing and Construction Bureau|UrbanManagement,Emergency,Petitions
        ecology|生态环境局|Ecology and Environment Bureau|UrbanManagement,Emergency
        market|市场监督管理局|Market Regulation Bureau|UrbanManagement,Petitions,Epidemic
        labour|人力资源和社会保障局|Human Resources Bureau|CivilAffairs,Petitions
        justice|司法局|Justice Bureau|Petitions,PublicSecurity
        agriculture|农业农村局|Agriculture Bureau|UrbanManagement,Emergency,Epidemic
        water|水务公司|Water Company|UrbanManagement,Emergency
        power|供电局|Power Supply Bureau|UrbanManagement,Emergency
        gas|燃气公司|Gas Company|UrbanManagement,Emergency
        traffic|交警大队|Traffic Police Brigade|PublicSecurity,UrbanManagement
        river|水利局|Water Resources Bureau|Emergency,UrbanManagement
        """;

    private const string TownBodies = """
        office|办事处|Office|
        police|派出所|Police Station|PublicSecurity,Emergency
        squad|综合执法队|Enforcement Squad|UrbanManagement
        clinic|卫生服务中心|Health Centre|Epidemic,CivilAffairs
        """;

    private static readonly string[] s_companies = ["安居物业", "荣和物业", "恒信物业", "万兴物业"];

    private static readonly string[] s_companiesEn =
        ["Anju Property", "Ronghe Property", "Hengxin Property", "Wanxing Property"];

    public static ImmutableArray<DepartmentEntry> For(IEnumerable<AreaEntry> areas)
    {
        var departments = ImmutableArray.CreateBuilder<DepartmentEntry>();
        foreach (var area in areas.Where(area => area.Code.Tier is Tier.District or Tier.Town))
        {
            var isDistrict = area.Code.Tier == Tier.District;
            foreach (var row in (isDistrict ? DistrictBodies : TownBodies).Split('\n'))
            {
                var cells = row.Split('|');
                departments.Add(new DepartmentEntry(
                    isDistrict ? Id(cells[0]) : $"D-{area.Code}-{cells[0]}", area.Name + cells[1],
                    $"{area.NameEn} {cells[2]}",
                    area.Code, Lines(cells[3])));
            }

            if (!isDistrict && IsSubdistrict(area.Code))
            {
                for (var n = 0; n < CompaniesPerSubdistrict; n++)
                {
                    departments.Add(new DepartmentEntry(
                        $"D-{area.Code}-property{n + 1}", s_companies[n] + area.Name[..^2] + "分公司",
                        $"{s_companiesEn[n]}, {area.NameEn}", area.Code,
                        [Line.UrbanManagement, Line.Emergency, Line.CivilAffairs]));
                }
            }
        }

        return departments.ToImmutable();
    }

    /// <summary>The id of a body of the district, as standards name it.</summary>
    public static string Id(string key) => $"D-{key}";

    /// <summary>Digits 7-9 up to 099 are subdistricts (GB/T 10114).</summary>
    private static bool IsSubdistrict(AreaCode town) => town.Value[6] == '0';

    private static ImmutableArray<Line> Lines(string names) =>
        names.Length == 0 ? [] : [.. names.Split(',').Select(EnumName.Parse<Line>)];
}
