using GridMesh.Contracts.Codes;

namespace GridMesh.Demo.Geography;

internal sealed record CommunityName(string Name, string NameEn, bool IsVillage);

/// <summary>A town or subdistrict to draw.</summary>
/// <param name="Suffix">Digits 7-9 of its code.</param>
/// <param name="X">Metres east of the district's middle.</param>
/// <param name="FromBank">Metres south of the river, null for a market town.</param>
/// <param name="GridShare">About how many of the 418 grids it gets.</param>
internal sealed record TownPlace(
    int Suffix, string Name, string NameEn, string OtherName, string OtherNameEn, double X, double? FromBank,
    int GridShare, IReadOnlyList<CommunityName> Communities)
{
    public Spot Centre(Terrain terrain) => FromBank is { } south
        ? new Spot(X, terrain.Bank(X) - south)
        : Terrain.MarketTowns.MinBy(town => Math.Abs(town.X - X));

    /// <summary>The real names are those of 450105; any other district gets made-up ones.</summary>
    public (string Name, string NameEn) NameIn(AreaCode district) =>
        district.Value == DemoDistrict.DefaultCode ? (Name, NameEn) : (OtherName, OtherNameEn);
}

/// <summary>
/// Names of areas. Towns and subdistricts are those of Jiangnan District; of the communities and villages many are
/// real, some are made up, and none lies where it lies in reality.
/// </summary>
internal static class PlaceTable
{
    private static readonly string[] s_digits = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

    private static readonly (string Name, string NameEn)[] s_otherDistricts =
    [
        ("临江区", "Linjiang District"), ("南湖区", "Nanhu District"), ("新城区", "Xincheng District"),
        ("青山区", "Qingshan District"), ("东湖区", "Donghu District"), ("西岸区", "Xi'an Bank District"),
        ("平安区", "Ping'an District"), ("凤岭区", "Fengling District"), ("龙岗区", "Longgang District"),
        ("永和区", "Yonghe District"),
    ];

    public static IReadOnlyList<TownPlace> Towns { get; } =
    [
        Town(1, "福建园街道", "Fujianyuan Subdistrict", "城中街道", "Chengzhong Subdistrict", 800, 1_100, 62,
            "福建园 Fujianyuan,淡村 Dancun,五一中路 Wuyi Middle Road,五一西路 Wuyi West Road,南建 Nanjian,平西 Pingxi,"
            + "亭洪 Tinghong,白沙 Baisha,富宁 Funing,江滨 Jiangbin,菠萝岭 Boluoling,绿城 Lücheng,尧头 Yaotou,"
            + "邕江湾 Yongjiangwan,南糖 Nantang"),
        Town(2, "江南街道", "Jiangnan Subdistrict", "滨江街道", "Binjiang Subdistrict", 4_900, 1_500, 66,
            "江南 Jiangnan,东南 Dongnan,星光 Xingguang,友谊 Youyi,银海 Yinhai,二桥南 Erqiaonan,白沙大道 Baisha Avenue,"
            + "壮锦 Zhuangjin,南站 Nanzhan,石柱岭 Shizhuling,洪胜 Hongsheng,翠湖 Cuihu,金象 Jinxiang,同乐 Tongle,"
            + "荣和 Ronghe,亭子村 Tingzi"),
        Town(3, "沙井街道", "Shajing Subdistrict", "城西街道", "Chengxi Subdistrict", -5_200, 1_900, 56,
            "沙井 Shajing,槎路 Chalu,金鸡 Jinji,智信 Zhixin,新屋 Xinwu,永红 Yonghong,普罗 Puluo,乐贤 Lexian,"
            + "杨村 Yangcun,三津村 Sanjin,同江村 Tongjiang,仁义村 Renyi,定津村 Dingjin,三江口村 Sanjiangkou"),
        Town(4, "那洪街道", "Nahong Subdistrict", "城南街道", "Chengnan Subdistrict", 3_600, 5_400, 56,
            "那洪 Nahong,平阳 Pingyang,洪历路 Hongli Road,友谊南 Youyi South,银凯 Yinkai,高岭 Gaoling,金源 Jinyuan,"
            + "振宁 Zhenning,五象 Wuxiang,锦绣 Jinxiu,古思村 Gusi,那齐村 Naqi,罗文村 Luowen,尧村村 Yaocun"),
        Town(5, "金凯街道", "Jinkai Subdistrict", "高新街道", "Gaoxin Subdistrict", -2_300, 5_300, 44,
            "金凯 Jinkai,国凯 Guokai,长凯 Changkai,华南城 Huanancheng,新凯 Xinkai,延平 Yanping,团结 Tuanjie,"
            + "那历 Nali,平洲村 Pingzhou,那廊村 Nalang,坛洛村 Tanluo"),
        Town(100, "吴圩镇", "Wuxu Town", "龙潭镇", "Longtan Town", -4_600, null, 42,
            "吴圩 Wuxu,明阳 Mingyang,机场 Jichang,那德村 Nade,坛白村 Tanbai,康宁村 Kangning,敢绿村 Ganlü,祥宁村 Xiangning,"
            + "平垌村 Pingdong,坛良村 Tanliang,那备村 Nabei,永联村 Yonglian,那佳村 Najia,定宁村 Dingning"),
        Town(101, "苏圩镇", "Suxu Town", "清水镇", "Qingshui Town", -1_800, null, 34,
            "苏圩 Suxu,佳棉 Jiamian,定计村 Dingji,镇宁村 Zhenning,保安村 Bao'an,敬团村 Jingtuan,慕村村 Mucun,联团村 Liantuan,"
            + "仁德村 Rende,那海村 Nahai,新德村 Xinde,隆德村 Longde"),
        Town(102, "延安镇", "Yan'an Town", "大塘镇", "Datang Town", 6_600, null, 26,
            "延安 Yan'an,同宁 Tongning,华联村 Hualian,平合村 Pinghe,那兰村 Nalan,良合村 Lianghe,新合村 Xinhe,那务村 Nawu,"
            + "敢平村 Ganping"),
        Town(103, "江西镇", "Jiangxi Town", "石桥镇", "Shiqiao Town", -9_200, null, 32,
            "江西 Jiangxi,扬美 Yangmei,同新村 Tongxin,锦江村 Jinjiang,同良村 Tongliang,维新村 Weixin,安平村 Anping,"
            + "同华村 Tonghua,那良村 Naliang,智和村 Zhihe,左江村 Zuojiang"),
    ];

    public static (string Name, string NameEn) District(AreaCode code) => code.Value == DemoDistrict.DefaultCode
        ? ("江南区", "Jiangnan District")
        : s_otherDistricts[int.Parse(code.Value.AsSpan(2)) % s_otherDistricts.Length];

    public static (string Name, string NameEn) Grid(int number) => ($"第{Numeral(number)}网格", $"Grid {number}");

    /// <summary>1-99 in Chinese.</summary>
    internal static string Numeral(int number)
    {
        var (tens, ones) = (number / 10, number % 10);
        return (tens > 1 ? s_digits[tens] : "") + (tens > 0 ? "十" : "") + (ones > 0 ? s_digits[ones] : "");
    }

    private static TownPlace Town(
        int suffix, string name, string nameEn, string other, string otherEn, double x, double? fromBank, int share,
        string communities) =>
        new(suffix, name, nameEn, other, otherEn, x, fromBank, share, [.. communities.Split(',').Select(Community)]);

    private static CommunityName Community(string pair)
    {
        var space = pair.IndexOf(' ');
        var (name, pinyin) = (pair[..space], pair[(space + 1)..]);
        return name.EndsWith('村') && name.Length > 2
            ? new CommunityName(name, $"{pinyin} Village", true)
            : new CommunityName($"{name}社区", $"{pinyin} Community", false);
    }
}
