using System.Text;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;

namespace GridMesh.Exchange.Tests;

public sealed class RuleFileTests
{
    private const string Header = "line,category,severity,step,after,action,level\n";

    [Theory(DisplayName = "[SD3] every fault of a ladder is told by line and field")]
    [InlineData("Emergency,litter,,Handling,30,Escalate,", 2, "line", "empty where a category")]
    [InlineData(",nothing,,Handling,30,Escalate,", 2, "category", "no category")]
    [InlineData(",,Grave,Handling,30,Escalate,", 2, "severity", "none of")]
    [InlineData(",,,Feedback,30,Escalate,", 2, "step", "has a deadline")]
    [InlineData(",,,Handling,43201,Escalate,", 2, "after", "0-43200")]
    [InlineData(",,,Handling,30,Shout,", 2, "action", "none of")]
    [InlineData(",,,Handling,30,Supervise,", 2, "level", "1-3")]
    [InlineData(",,,Handling,30,Supervise,4", 2, "level", "1-3")]
    [InlineData(",,,Handling,30,Escalate,2", 2, "level", "empty where")]
    [InlineData(",,,Handling,30,Escalate,\n,,,Handling,30,Escalate,", 3, "step", "repeats that of line 2")]
    public void LadderFaults(string rows, int line, string field, string words)
    {
        var read = ReadLadders(rows);
        read.Rows.ShouldBeNull();
        var problem = read.Problems.ShouldHaveSingleItem();
        (problem.Line, problem.Field).ShouldBe((line, field), problem.ToString());
        problem.MessageEn.ShouldContain(words);
    }

    [Fact(DisplayName = "[SD3] a ladder has twelve rungs at most, since every case carries its own")]
    public void LadderBound()
    {
        var rows = string.Join('\n', Enumerable.Range(1, Rung.CountMax).Select(i => $",,,Handling,{i},Escalate,"));
        ReadLadders(rows).Rows!.Value.Length.ShouldBe(Rung.CountMax);
        ReadLadders($"{rows}\n,,Urgent,Handling,1,Escalate,").Rows.ShouldNotBeNull("that is another ladder");
        ReadLadders($"{rows}\n,,,Reported,99,Escalate,").Problems.ShouldHaveSingleItem().Line.ShouldBe(14);
    }

    [Fact(DisplayName = "[SD14] ladders are a file that a package may lack, and come back as they were")]
    public void LaddersInAPackage()
    {
        using var folder = new TempFolder();
        var data = SmallPackage.Data with
        {
            Ladders =
            [
                new LadderRow(
                    Line.Emergency, null, Severity.Urgent, new Rung(Step.Handling, 30, RungAction.Supervise, 2)),
                new LadderRow(null, "litter", null, new Rung(Step.Reported, 0, RungAction.Escalate)),
            ],
        };
        DirectoryFiles.Write(data, folder.Path);
        DirectoryFiles.Read(folder.Path).Data!.Ladders.ShouldBe(data.Ladders);
        File.Delete(folder.At(PackageFiles.Ladders));
        DirectoryFiles.Read(folder.Path).Data!.Ladders.ShouldBeEmpty();
    }

    [Fact(DisplayName = "[SD13] the evidence that a standard asks for is an optional last column")]
    public void Evidence()
    {
        var asked = SmallPackage.Data.Standards.Add(
            SmallPackage.Data.Standards[1] with { Category = "cover", Evidence = "处置前、处置后照片" });
        using var bytes = new MemoryStream();
        RuleFiles.Write(bytes, asked);
        var text = Encoding.UTF8.GetString(bytes.ToArray());
        text.Split('\n')[0].ShouldEndWith(",alarm,evidence");
        RuleFiles.ReadStandards(new MemoryStream(bytes.ToArray()), []).Rows!.Value.ShouldBe(asked);

        const string Before =
            "category,name,nameEn,line,severity,limit,clock,filingCondition,closingCondition,responsible,alarm\n"
            + "litter,垃圾,Litter,UrbanManagement,Normal,1,WorkDay,发现,清理,D-urban,\n";
        RuleFiles.ReadStandards(Utf8(Before), []).Rows!.Value.Single().ShouldBe(SmallPackage.Data.Standards[1]);
    }

    [Fact(DisplayName = "[SD3] a category that the ladders name cannot be left out")]
    public void Named()
    {
        using var bytes = new MemoryStream();
        RuleFiles.Write(bytes, SmallPackage.Data.Standards);
        LadderRow[] ladders = [new(null, "cover", null, new Rung(Step.Reported, 0, RungAction.Escalate))];
        var read = RuleFiles.ReadStandards(new MemoryStream(bytes.ToArray()), ladders);
        read.Rows.ShouldBeNull();
        read.Problems.ShouldHaveSingleItem().MessageEn.ShouldContain("lacks cover");
    }

    private static MemoryStream Utf8(string text) => new(Encoding.UTF8.GetBytes(text));

    private static RuleTable<LadderRow> ReadLadders(string rows) =>
        RuleFiles.ReadLadders(Utf8($"{Header}{rows}\n"), SmallPackage.Data.Standards);
}
