using System.Text;

namespace GridMesh.Exchange.Tests;

public sealed class TextTests
{
    private static readonly Encoding s_gbk = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    public static TheoryData<string> Tables { get; } =
    [
        PackageFiles.Buildings, PackageFiles.Workers, PackageFiles.Departments, PackageFiles.Devices,
        PackageFiles.Standards, PackageFiles.Calendar, PackageFiles.Ladders,
    ];

    [Fact(DisplayName = "[EX9] a table as Excel in China saves it is refused by file and line, with what to do")]
    public void Gbk()
    {
        using var folder = Package();
        File.Copy(Case.PathOf("buildings-gbk.csv"), folder.At(PackageFiles.Buildings), overwrite: true);
        var problem = DirectoryFiles.Read(folder.Path).Problems.First(one => one.File == PackageFiles.Buildings);
        problem.Line.ShouldBe(2);
        problem.MessageZh.ShouldContain("请另存为 CSV UTF-8");
        problem.MessageEn.ShouldContain("save it as CSV UTF-8");
    }

    [Theory(DisplayName = "[EX9] in every table the first line that is not UTF-8 is told, once, with a mark or without")]
    [MemberData(nameof(Tables))]
    public void EveryTable(string file)
    {
        foreach (var mark in new byte[][] { [], [0xEF, 0xBB, 0xBF] })
        {
            using var folder = Package();
            var header = File.ReadLines(folder.At(file)).First();
            byte[] table = [.. mark, .. Encoding.UTF8.GetBytes($"{header}\n"), .. s_gbk.GetBytes("居\n居\n")];
            File.WriteAllBytes(folder.At(file), table);
            var problems = DirectoryFiles.Read(folder.Path).Problems;
            var problem = problems.Where(one => one.File == file).ShouldHaveSingleItem();
            (problem.Line, problem.Field).ShouldBe((2, ""));
            problem.MessageEn.ShouldContain("CSV UTF-8");
        }
    }

    [Theory(DisplayName = "[EX9] areas and calendars that are not UTF-8 are refused by file and line as well")]
    [InlineData(PackageFiles.Areas, 2)]
    [InlineData(PackageFiles.ICalendar, 10)]
    public void OtherFiles(string file, int line)
    {
        using var folder = Package();
        if (file == PackageFiles.ICalendar)
        {
            File.Delete(folder.At(PackageFiles.Calendar));
            using var calendar = File.Create(folder.At(file));
            RuleFiles.WriteICalendar(calendar, SmallPackage.Data.Calendar, DateTimeOffset.UnixEpoch);
        }

        var text = File.ReadAllText(folder.At(file));
        File.WriteAllText(folder.At(file), text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        DirectoryFiles.Read(folder.Path).Problems.ShouldBeEmpty();
        File.WriteAllBytes(folder.At(file), s_gbk.GetBytes(text));
        var problem = DirectoryFiles.Read(folder.Path).Problems.First(problem => problem.File == file);
        problem.Line.ShouldBe(line);
        problem.MessageZh.ShouldContain("请另存为 UTF-8");
    }

    [Fact(DisplayName = "[EX9] a letter that was cut in a UTF-8 file is refused, not taken for another")]
    public void CutLetter()
    {
        var bytes = Encoding.UTF8.GetBytes("date,isWorkday,name\n2027-01-01,false,元旦\n2027-02-06,false,春节\n");
        var cut = bytes.AsSpan().IndexOf("节"u8);
        byte[] damaged = [.. bytes[..cut], .. bytes[(cut + 1)..]];
        var read = RuleFiles.ReadCalendar(new MemoryStream(damaged));
        read.Rows.ShouldBeNull();
        read.Problems.ShouldHaveSingleItem().Line.ShouldBe(3);
    }

    private static TempFolder Package()
    {
        var folder = new TempFolder();
        DirectoryFiles.Write(SmallPackage.Data, folder.Path);
        return folder;
    }
}
