using System.Security.Cryptography;
using System.Text.Json;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Json;
using GridMesh.Demo.Tables;
using static GridMesh.Demo.Tests.DistrictFixture;

namespace GridMesh.Demo.Tests;

public sealed class DistrictTests
{
    [Fact(DisplayName = "[DE1] the same seed makes the same district to the last digit, another seed another one")]
    public void Seed_decides()
    {
        static string Hash(DirectoryData data) =>
            Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(data, MeshJson.Options)));

        var hash = Hash(Data);
        Hash(DemoDistrict.Generate()).ShouldBe(hash);
        Hash(DemoDistrict.Generate(DemoDistrict.DefaultSeed + 1)).ShouldNotBe(hash);
    }

    [Fact(DisplayName = "[DE1] a code that is not a district's is refused")]
    public void Code_is_checked()
    {
        Should.Throw<ArgumentException>(() => DemoDistrict.Generate(code: "450105001"));
        Should.Throw<FormatException>(() => DemoDistrict.Generate(code: "45010"));
    }

    [Fact(DisplayName = "[DE5] the district has the figures of a real one")]
    public void Figures()
    {
        At(Tier.Town).Count(town => town.Code.Value[6] == '0').ShouldBe(5);
        At(Tier.Town).Count().ShouldBe(9);
        At(Tier.Community).Count().ShouldBe(116);
        At(Tier.Grid).Count().ShouldBe(418);
        Data.Buildings.Length.ShouldBe(20_000);
        Data.Buildings.Sum(building => building.People).ShouldBeInRange(980_000, 1_020_000);
        Data.Buildings.Sum(building => building.ElderlyAlone).ShouldBeInRange(10_000, 25_000);
        Data.Workers.Count(worker => worker.Kind == WorkerKind.Instructor).ShouldBe(418);
        Data.Workers.Count(worker => worker.Kind == WorkerKind.Leader).ShouldBe(418);
        Data.Workers.Count(worker => worker.Kind == WorkerKind.Worker).ShouldBe(4_100);
        Data.Workers.Count(worker => worker.Kind == WorkerKind.Drone).ShouldBe(12);
    }

    [Fact(DisplayName = "[DE3] every parent is there, names are, and no code or id comes twice")]
    public void Codes_hang_together()
    {
        Data.Areas.Where(area => area.Code.Tier != Tier.District && !View.Areas.ContainsKey(area.Code.Parent!.Value))
            .ShouldBeEmpty();
        Data.Areas.Where(area => area.Name.Length == 0 || area.NameEn.Length == 0).ShouldBeEmpty();
        View.Areas.Count.ShouldBe(Data.Areas.Length);
        Data.Areas.Where(area => area.Code.Tier == Tier.Community)
            .GroupBy(area => (area.Code.Parent, area.Name)).Where(rows => rows.Count() > 1).ShouldBeEmpty();
        Data.Buildings.Where(b => !View.Areas.ContainsKey(b.Code.Grid)).ShouldBeEmpty();
        Data.Buildings.Where(b => b.Households < 1 || b.People < 1 || b.ElderlyAlone > b.People).ShouldBeEmpty();
        Data.Workers.Where(w => !View.Areas.ContainsKey(w.Grid) || w.Id.Length > 32 || w.Name.Length < 2)
            .ShouldBeEmpty();
        Data.Devices.Where(d => d.Building is { } code && (!View.Buildings.ContainsKey(code) || code.Grid != d.Grid))
            .ShouldBeEmpty();
        Data.Departments.Where(d => !View.Areas.ContainsKey(d.Area) || d.Id.Length > 32).ShouldBeEmpty();
        (View.Buildings.Count, View.Workers.Count, View.Devices.Count, View.Departments.Count).ShouldBe(
            (Data.Buildings.Length, Data.Workers.Length, Data.Devices.Length, Data.Departments.Length));
    }

    [Fact(DisplayName = "[DE5] every grid has an instructor, a leader and workers for every line")]
    public void Grids_are_staffed()
    {
        foreach (var grid in At(Tier.Grid))
        {
            var roster = View.RosterOf(grid.Code);
            roster.Single(worker => worker.Kind == WorkerKind.Instructor).Id.ShouldBe($"I{grid.Code}");
            roster.Single(worker => worker.Kind == WorkerKind.Leader).Id.ShouldBe($"L{grid.Code}");
            roster.Count(worker => worker.Kind == WorkerKind.Worker && worker.Lines.IsEmpty)
                .ShouldBeGreaterThanOrEqualTo(2);
        }
    }

    [Fact(DisplayName = "[DE5] somebody is on duty at any hour, most by day, and some serve only certain lines")]
    public void Shifts_cover_the_day()
    {
        int OnDuty(int hour) => Data.Workers.Count(worker => worker.Kind != WorkerKind.Instructor
            && (new TimeOnly(hour, 30) - worker.ShiftStart) < TimeSpan.FromHours(worker.ShiftHours));

        Enumerable.Range(0, 24).Min(OnDuty).ShouldBeGreaterThan(100);
        OnDuty(10).ShouldBeGreaterThan(3_000);
        OnDuty(3).ShouldBeLessThan(500);
        Data.Workers.Count(worker => worker.Lines.Length > 0).ShouldBeInRange(500, 2_000);
    }

    [Fact(DisplayName = "[DE6] standards cover the seven lines, and each alarm but the door's has one")]
    public void Standards_cover()
    {
        Data.Standards.Length.ShouldBeGreaterThanOrEqualTo(120);
        Data.Standards.Select(row => row.Line).Distinct().Count().ShouldBe(Enum.GetValues<Line>().Length);
        Data.Standards.Where(row => row.Alarm is not null).Select(row => row.Alarm!.Value).Order()
            .ShouldBe(Enum.GetValues<SensorKind>().Where(kind => kind != SensorKind.Door));
        View.Standards.Count.ShouldBe(Data.Standards.Length);
        Data.Standards.Where(row => row.Limit is < 1 or > 90 || row.Category.Length > 32).ShouldBeEmpty();
        Data.Standards.Where(row => !View.Departments.TryGetValue(row.Responsible, out var body)
            || !body.Lines.Contains(row.Line)).ShouldBeEmpty();
    }

    [Fact(DisplayName = "[SD13] every standard of the demo says what has to be on record, and those named apart are there")]
    public void Evidence()
    {
        Data.Standards.ShouldAllBe(row => !string.IsNullOrWhiteSpace(row.Evidence));
        EvidenceTable.Categories.Except(Data.Standards.Select(row => row.Category)).ShouldBeEmpty();
        Data.Standards.Select(row => row.Evidence).Distinct().Count().ShouldBeGreaterThan(20);
    }

    [Fact(DisplayName = "[SD9] the demo has a ladder for each severity, and each leads to a desk above and to supervision")]
    public void Ladders()
    {
        foreach (var ladder in Data.Ladders.GroupBy(row => row.Severity))
        {
            ladder.Select(row => row.Rung.Step).Distinct().ShouldBe(Rung.Steps, ignoreOrder: true);
            ladder.ShouldContain(row => row.Rung.Action == RungAction.Supervise);
            ladder.Count(row => row.Rung.Action == RungAction.Escalate && row.Rung.Step == Step.Handling)
                .ShouldBeGreaterThan(0);
            ladder.Count().ShouldBeLessThanOrEqualTo(Rung.CountMax);
        }

        Data.Ladders.Select(row => row.Severity).Distinct().Count().ShouldBe(Enum.GetValues<Severity>().Length);
    }

    [Fact(DisplayName = "[DE6] every kind of device is there; doors are in about 40 % of the buildings")]
    public void Devices_cover()
    {
        Data.Devices.Select(device => device.Kind).Distinct().Count().ShouldBe(Enum.GetValues<SensorKind>().Length);
        Data.Devices.Where(d => d.Kind == SensorKind.Door).Select(d => d.Building).Distinct().Count()
            .ShouldBeInRange(7_500, 8_500);
    }

    [Fact(DisplayName = "[DE7] the calendar is in order, works only moved weekends, and its lunar days are the calendar's")]
    public void Calendar_is_right()
    {
        Data.Calendar.Select(day => day.Date).ShouldBe(Data.Calendar.Select(day => day.Date).Distinct().Order());
        Data.Calendar.Where(day => day.IsWorkday && day.Date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
            .ShouldBeEmpty();
        var lunar = new System.Globalization.ChineseLunisolarCalendar();
        foreach (var year in (int[])[2026, 2027])
        {
            Data.Calendar.Count(day => day.Date.Year == year && !day.IsWorkday).ShouldBeGreaterThanOrEqualTo(13);
            foreach (var (name, month, dayOfMonth) in ((string, int, int)[])[("春节", 1, 1), ("端午节", 5, 5),
                ("中秋节", 8, 15)])
            {
                var leap = lunar.GetLeapMonth(year);
                var date = lunar.ToDateTime(
                    year, leap > 0 && month >= leap ? month + 1 : month, dayOfMonth, 0, 0, 0, 0);
                Data.Calendar.ShouldContain(
                    day => day.Name == name && day.Date == DateOnly.FromDateTime(date), $"{year} {name}");
            }
        }
    }
}
