using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Geo;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Workers;
using GridMesh.Grains.Grids;

namespace GridMesh.Grains.Tests.Grids;

public sealed class PresenceTests
{
    private static readonly DateTimeOffset s_now = Sample.Now;

    [Fact(DisplayName = "[PR1] a worker on duty who is not heard of is silent until heard of again")]
    public void Silent()
    {
        var people = People();
        people.Apply(Duty("w1", true, 1), s_now);
        people.Tick(s_now.AddMinutes(5)).ShouldBeEmpty();
        people.Tick(s_now.AddMinutes(6)).ShouldBe(["w1"]);
        (people.Silent, people.OnDuty).ShouldBe((1, 1));
        people.Tick(s_now.AddMinutes(7)).ShouldBeEmpty();
        people.Move(At("w1", 8), s_now.AddMinutes(8)).News.ShouldNotBeNull();
        (people.Silent, people.OnDuty).ShouldBe((0, 1));
    }

    [Fact(DisplayName = "[RU4] a grid that missed a shift differs from the index, and one that heard of all does not, strangers among them")]
    public void DutyVersions()
    {
        var people = People();
        DutyRow[] rows = [Duty("w1", true, 3), Duty("gone", false, 4)];
        people.DutyVersions.ShouldNotBe(7);
        people.KeepStrangers(rows);
        people.Apply(rows[0], s_now);
        people.DutyVersions.ShouldBe(7);
        people.KeepStrangers([rows[0]]);
        people.DutyVersions.ShouldBe(3, "a stranger that went to another grid");
    }

    [Fact(DisplayName = "[PR2] a grid without anybody while a shift runs is an alarm, at night it is not")]
    public void Deserted()
    {
        var people = People();
        people.Tick(s_now);
        people.Deserted.ShouldBe(1);
        people.Apply(Duty("w1", true, 1), s_now);
        people.Deserted.ShouldBe(0);
        people.Apply(Duty("w1", false, 2), s_now);
        people.Tick(s_now);
        people.Deserted.ShouldBe(1);
        people.Tick(s_now.AddHours(12));
        people.Deserted.ShouldBe(0);
    }

    [Fact(DisplayName = "[PR3] nobody is shown who is off duty, and an older sighting moves nobody back")]
    public void Moves()
    {
        var people = People();
        people.Move(At("w1", 0), s_now).ShouldBe((RejectCode.WorkerIsOffDuty, null));
        people.Apply(Duty("w1", true, 1), s_now);
        people.Move(At("w1", 2), s_now).News.ShouldNotBeNull();
        people.Move(At("w1", 1), s_now).ShouldBe((null, null));
        people.Move(At("stranger", 3), s_now).ShouldBe((RejectCode.WorkerIsUnknown, null));
        people.Move(At("w1", 3), s_now).ShouldBe((RejectCode.PositionIsFromTheFuture, null));
        people.Find("w1")!.At.ShouldBe(s_now.AddMinutes(2));
    }

    [Fact(DisplayName = "[RU3] a doubled or late shift changes nothing")]
    public void Shifts()
    {
        var people = People();
        people.Apply(Duty("w1", true, 1), s_now).ShouldBeTrue();
        people.Apply(Duty("w1", false, 2), s_now).ShouldBeTrue();
        people.Apply(Duty("w1", true, 1), s_now).ShouldBeFalse();
        people.OnDuty.ShouldBe(0);
    }

    [Theory(DisplayName = "[PR2] a shift may run over midnight")]
    [InlineData(22, 8, 23, true)]
    [InlineData(22, 8, 5, true)]
    [InlineData(22, 8, 6, false)]
    [InlineData(8, 10, 7, false)]
    [InlineData(8, 10, 17, true)]
    [InlineData(8, 10, 18, false)]
    [InlineData(0, 24, 12, true)]
    public void ShiftTimes(int start, int hours, int at, bool runs) => Presence.IsShiftRunning(
        Sample.Worker("w", Sample.Grid) with { ShiftStart = new TimeOnly(start, 0), ShiftHours = hours },
        new DateTime(2026, 3, 2, at, 0, 0)).ShouldBe(runs);

    private static Presence People() =>
        new([Sample.Worker("w1", Sample.Grid), Sample.Worker("w3", Sample.Grid)], TimeSpan.FromMinutes(5), s_now);

    private static DutyRow Duty(string worker, bool on, long version) => new(worker, Sample.Grid, on, s_now, version);

    private static WorkerPosition At(string worker, int minute) =>
        new(worker, new PositionReport(new GeoPoint(108.3, 22.7), s_now.AddMinutes(minute), null));
}

public sealed class DeadlineQueueTests
{
    [Fact(DisplayName = "[DL4] deadlines come earliest first, and those of steps that were left do not come")]
    public void Order()
    {
        var cases = new GridCases(Sample.Day);
        var queue = new DeadlineQueue();
        void Put(CaseRow row)
        {
            cases.Apply(row);
            queue.Follow(row);
        }

        Put(Sample.Row(1, due: Sample.Now.AddMinutes(20)));
        Put(Sample.Row(2, due: Sample.Now.AddMinutes(10)));
        Put(Sample.Row(3, due: Sample.Now.AddMinutes(5)));
        Put(Sample.Row(3, 2, Step.Dispatched, due: Sample.Now.AddMinutes(30)));
        queue.Next(cases).ShouldBe(Sample.Now.AddMinutes(10));
        queue.TakeDue(Sample.Now, cases).ShouldBeNull();
        var late = Sample.Now.AddHours(1);
        List<int> serials = [];
        while (queue.TakeDue(late, cases) is { } deadline)
            serials.Add(deadline.Number.Serial);

        serials.ShouldBe([2, 1, 3]);
    }

    [Fact(DisplayName = "[DL1] a case that is overdue already has no deadline to pass")]
    public void Overdue()
    {
        var cases = new GridCases(Sample.Day);
        var queue = new DeadlineQueue();
        var row = Sample.Row(1, due: Sample.Now);
        cases.Apply(row);
        queue.Follow(row);
        cases.Apply(row with { Version = 2, Overdue = true });
        queue.Next(cases).ShouldBeNull();
    }

    [Fact(DisplayName = "[SD10] a case that is overdue waits for the next rung of its ladder, one rung at a time")]
    public void Rungs()
    {
        var cases = new GridCases(Sample.Day);
        var queue = new DeadlineQueue();
        void Put(CaseRow row)
        {
            cases.Apply(row);
            queue.Follow(row);
        }

        var row = Sample.Row(1, due: Sample.Now) with { Overdue = true, RungAt = Sample.Now.AddMinutes(30) };
        Put(row);
        queue.Next(cases).ShouldBe(Sample.Now.AddMinutes(30));
        queue.TakeDue(Sample.Now.AddMinutes(29), cases).ShouldBeNull();
        queue.TakeDue(Sample.Now.AddMinutes(30), cases)!.Value.Due.ShouldBe(Sample.Now.AddMinutes(30));
        Put(row with { Version = 3, RungAt = Sample.Now.AddMinutes(60) });
        queue.Next(cases).ShouldBe(Sample.Now.AddMinutes(60));
        Put(row with { Version = 4, Step = Step.Dispatched, Overdue = false, RungAt = null, DueAt = null });
        queue.Next(cases).ShouldBeNull();
    }
}
