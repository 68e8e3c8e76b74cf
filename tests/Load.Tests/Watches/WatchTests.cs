using GridMesh.Contracts.Care;
using GridMesh.Load.Watches;

namespace GridMesh.Load.Tests.Watches;

public sealed class WatchTests
{
    private static readonly DateTimeOffset s_noon = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    [Fact(DisplayName = "[LO50] made watches are due within the span or hours later; silent ones have no door in their building, heard ones a door of their own")]
    public void Made()
    {
        var data = DemoDistrict.Generate();
        var made = new MadeWatches(data, 2_000, 100, s_noon, TimeSpan.FromSeconds(50));
        var watches = made.Records().Select(
            record => (record.Stream, Fact: (CareBegun)FactJson.Decode<CareFact>(record))).ToArray();
        (watches.Length, made.Silent.Count, made.Heard.Count).ShouldBe((2_100, 50, 50));
        var withDoors = data.Devices.Select(device => device.Building).ToHashSet();
        foreach (var (stream, fact) in watches)
        {
            stream.ShouldBe($"care:{fact.Watch.Building.Grid}");
            var due = fact.At.AddHours(fact.Watch.WindowHours);
            (fact.Watch.Id[0] == 'Q' ? due > s_noon.AddHours(10) : due >= s_noon && due < s_noon.AddSeconds(50))
                .ShouldBeTrue();
        }
        watches.Where(one => made.Silent.Contains(one.Fact.Watch.Id)).Select(one => one.Fact.Watch.Device)
            .ShouldAllBe(device => device == null);
        watches.Where(one => one.Fact.Watch.Id[0] == 'H').Select(one => one.Fact.Watch.Device).ToHashSet()
            .SetEquals(made.Heard).ShouldBeTrue();
        withDoors.ShouldNotBeEmpty();
    }

    [Fact(DisplayName = "[LO50] alarms are judged by their facts: each silent household once, nobody who was heard of, none early or a second late")]
    public void Judged()
    {
        var good = new AlarmJudge(new HashSet<string> { "S1", "S2" });
        good.Add(Alarm("S1", 5));
        good.Add(Alarm("S2", 900));
        good.Verdicts.ShouldAllBe(verdict => verdict.IsMet);
        foreach (var bad in ((string, double)[][])[[("S1", 5)], [("S1", 5), ("S2", 5), ("S2", 5)],
            [("S1", 5), ("S2", 5), ("H1", 5)], [("S1", -5), ("S2", 5)], [("S1", 5), ("S2", 1_500)]])
        {
            var judge = new AlarmJudge(new HashSet<string> { "S1", "S2" });
            foreach (var (watch, late) in bad)
                judge.Add(Alarm(watch, late));
            judge.Verdicts.ShouldContain(verdict => !verdict.IsMet);
        }
    }

    private static JournalRecord Alarm(string watch, double lateMs)
    {
        var fact = new CareAlarmed(s_noon.AddMilliseconds(lateMs), "clock", watch, s_noon.AddHours(-1), s_noon);
        return MadeRecord.Of(
            1, "care:450105001001001", 2, Guid.Empty, AreaCode.Parse("450105"), (CareFact)fact);
    }
}
