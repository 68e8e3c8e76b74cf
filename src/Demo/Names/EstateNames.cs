namespace GridMesh.Demo.Names;

/// <summary>Names of estates in the city and hamlets in the country.</summary>
internal static class EstateNames
{
    private static readonly string[] s_first =
    [
        "阳光", "锦绣", "翠湖", "金湾", "绿地", "荣和", "江南", "邕江", "龙光", "富康", "兴宁", "安居", "永和", "凤凰", "香樟", "桂花", "朱槿",
        "南城", "丽水", "鑫源", "恒基", "万兴", "嘉和", "青云", "康桥", "滨江", "银杉", "天健", "盛世", "联发", "瑞景", "福满", "和平", "汇东",
    ];

    private static readonly string[] s_second = ["小区", "花园", "苑", "家园", "新村", "名城", "公馆", "华府", "雅居", "宿舍"];

    private static readonly string[] s_hamletFirst = ["那", "坛", "平", "良", "上", "下", "大", "新", "罗", "古", "六", "板"];

    private static readonly string[] s_hamletSecond =
        ["马", "林", "塘", "岭", "坡", "楼", "屋", "江", "峒", "隆", "安", "怀", "黎", "朝"];

    public static string Estate(Random random) => Pick(s_first, random) + Pick(s_second, random);

    public static string Hamlet(Random random) => Pick(s_hamletFirst, random) + Pick(s_hamletSecond, random) + "坡";

    private static string Pick(string[] from, Random random) => from[random.Next(from.Length)];
}
