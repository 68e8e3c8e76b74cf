namespace GridMesh.Demo.Names;

/// <summary>Names of made-up people: common surnames, the more common the more often, and common given names.</summary>
internal static class PersonNames
{
    private const string Surnames =
        "黄黄黄李李韦韦韦陈陈梁梁覃覃张王刘莫农陆卢罗廖蒙潘周吴杨林谢邓蓝何唐叶苏雷曾彭钟宋赵邱滕施甘岑郑许朱胡高";

    private static readonly string[] s_given =
    [
        "伟", "芳", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟", "涛", "明", "超", "秀英", "霞", "平", "刚",
        "桂英", "建国", "建华", "志强", "志明", "秀兰", "海燕", "小红", "春梅", "冬梅", "晓东", "文辉", "国强", "丽华", "玉兰", "玉珍",
        "永福", "家豪", "子涵", "宇轩", "欣怡", "思远", "晓燕", "美玲", "振华", "德胜", "海波", "俊杰", "雪梅", "佳怡", "红梅", "金莲",
        "少华", "维新", "立新", "卫东", "爱国", "凤英", "桂花", "彩云", "小龙", "正宏", "世荣", "绍文", "燕妮", "丹", "宁", "辉", "莉",
    ];

    public static string Next(Random random) =>
        Surnames[random.Next(Surnames.Length)] + s_given[random.Next(s_given.Length)];
}
