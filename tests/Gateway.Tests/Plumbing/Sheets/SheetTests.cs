using System.Text;
using GridMesh.Gateway.Plumbing.Sheets;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GridMesh.Gateway.Tests.Plumbing.Sheets;

public sealed class SheetTests
{
    [Fact(DisplayName = "[EX8] a sheet has its mark, CRLF and fields quoted where they have to be, and an absent value is an empty field")]
    public void Quoted() => Text([["名称 name", "数 n", "空 none"], ["a,b", 1, null], ["say \"hi\"\r\nthere", 0.25, ""]])
        .ShouldBe("\uFEFF名称 name,数 n,空 none\r\n\"a,b\",1,\r\n\"say \"\"hi\"\"\r\nthere\",0.25,\r\n");

    [Theory(DisplayName = "[EX8] a text that a spreadsheet would take for a formula is shown as it is; a number keeps its sign")]
    [InlineData("=HYPERLINK(1)", "'=HYPERLINK(1)")]
    [InlineData("+86 10", "'+86 10")]
    [InlineData("-1", "'-1")]
    [InlineData("@sum", "'@sum")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("=a,b", "\"'=a,b\"")]
    [InlineData("a=b", "a=b")]
    [InlineData(-1.5, "-1.5")]
    public void Guarded(object cell, string field) => Text([[cell]]).ShouldBe($"\uFEFF{field}\r\n");

    private static string Text(IEnumerable<object?[]> lines) =>
        Encoding.UTF8.GetString(((FileContentHttpResult)Sheet.Of("sheet.csv", lines)).FileContents.Span);
}
