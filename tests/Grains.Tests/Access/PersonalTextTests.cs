using GridMesh.Contracts.Access;

namespace GridMesh.Grains.Tests.Access;

public sealed class PersonalTextTests
{
    [Theory(DisplayName = "[OP5] numbers of telephones, cards and vehicles, mail addresses and names in messengers are blotted out")]
    [InlineData("电话13800001111。", "电话***。")]
    [InlineData("138 0000 1111", "***")]
    [InlineData("138.0000.1111、138/0000/1111", "***、***")]
    [InlineData("1 3 8-0 0 0 0-1 1 1 1", "***")]
    [InlineData("+86 138-0000-1111", "***")]
    [InlineData("１３８００００１１１１", "***")]
    [InlineData("138\u200b0000\u20601111", "***")]
    [InlineData("①③⑧00001111", "***")]
    [InlineData("١٣٨٠٠٠٠١١١١", "***")]
    [InlineData("一三八零零零零一一一一", "***")]
    [InlineData("幺三八 〇〇〇〇 幺幺幺幺", "***")]
    [InlineData("138****5678 与 4501051990****1234", "*** 与 ***")]
    [InlineData("450105********123X", "***")]
    [InlineData("0771-1234567 找王工", "*** 找王工")]
    [InlineData("(0771)1234567", "(***")]
    [InlineData("0771 123 4567", "***")]
    [InlineData("400-123-4567、4001234567、800 820 8820", "***、***、***")]
    [InlineData("身份证45010519900101123X", "身份证***")]
    [InlineData("450105 19900101 123x", "***")]
    [InlineData("6222 0212 3456 7890 123", "***")]
    [InlineData("a.b+c@mail.example.org,", "***,")]
    [InlineData("a.b＠mail.example.org", "***")]
    [InlineData("a.b @ mail．example．org", "***")]
    [InlineData("加微信 zhang_san88", "加微信 ***")]
    [InlineData("桂A·12345 占用消防通道", "*** 占用消防通道")]
    public void Blots(string text, string expected) => PersonalText.Mask(text).ShouldBe(expected);

    [Theory(DisplayName = "[OP5] days, times, sizes, sums and places stay as they were written")]
    [InlineData("3 栋 2 单元，2026-11-25 14:00，3.5 米，共 120000 元")]
    [InlineData("2026年11月25日14时30分")]
    [InlineData("25/11/2026 14.30")]
    [InlineData("长 12.5、宽 3.20、高 1.80 米")]
    [InlineData("一楼二楼三楼，十一点")]
    [InlineData("GB/T 34300-2017")]
    [InlineData("𠮷野家门口 👍🏽")]
    public void Leaves(string text) => PersonalText.Mask(text).ShouldBe(text);
}
