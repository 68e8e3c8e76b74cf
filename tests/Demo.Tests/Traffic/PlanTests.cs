using GridMesh.Contracts.Clocks;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;
using GridMesh.Demo.Geography;
using GridMesh.Demo.Traffic;

namespace GridMesh.Demo.Tests.Traffic;

public sealed class PlanTests
{
    private static readonly AreaCode s_grid = AreaCode.Parse("450105001001001");

    private static OpenCase At(Step step, Severity severity = Severity.Normal, int hurry = 0) => new(
        "450105001001001-261124-0001", s_grid, step, 1, "litter", severity, Line.UrbanManagement, Source.Resident, null,
        hurry);

    [Fact(DisplayName = "[DE8] a day keeps its mean, is liveliest by day and never dead at night")]
    public void Day_has_a_shape()
    {
        var midnight = new DateTime(2026, 11, 24);
        foreach (var curve in (DayCurve[])[DayCurve.Cases, DayCurve.Doors])
        {
            var minutes = Enumerable.Range(0, 1_440).Select(m => curve.At(midnight.AddMinutes(m))).ToArray();
            minutes.Average().ShouldBe(1, 0.01);
            minutes.Min().ShouldBeGreaterThan(0.1);
            curve.At(midnight.AddHours(3)).ShouldBeLessThan(curve.At(midnight.AddHours(8)) / 2);
            minutes.Zip(minutes.Skip(1)).Max(pair => Math.Abs(pair.First - pair.Second)).ShouldBeLessThan(0.03);
        }

        var doors = Enumerable.Range(0, 24)
            .Select(h => SensorStream.DoorsPerSecond * DayCurve.Doors.At(midnight.AddHours(h))).ToArray();
        doors.Min().ShouldBeGreaterThan(20);
        doors.Max().ShouldBeLessThan(110);
    }

    [Fact(DisplayName = "[DE9] every step of a case has moves that its step allows, and each of them happens")]
    public void Life_follows_the_loop()
    {
        var random = new Random(1);
        CaseAction[] Moves(Step step) =>
            [.. Enumerable.Range(0, 500).Select(_ => CaseLife.Next(At(step), random)).OfType<CaseMove>()
                .Select(m => m.Action).Distinct().Order()];

        Moves(Step.Reported).ShouldBe([CaseAction.SelfHandle, CaseAction.Dispatch, CaseAction.Reject]);
        Moves(Step.Returned).ShouldBe([CaseAction.Dispatch]);
        Moves(Step.Dispatched).ShouldBe([CaseAction.Accept, CaseAction.Return]);
        Moves(Step.Handling).ShouldBe(
        [
            CaseAction.Resolve, CaseAction.Escalate, CaseAction.AskExtension, CaseAction.AskSuspension,
            CaseAction.Supervise,
            CaseAction.Summon,
        ]);
        CaseAction[] Of(OpenCase open) =>
            [.. Enumerable.Range(0, 500).Select(_ => CaseLife.Next(open, random)!.Value.Action).Distinct().Order()];
        Of(At(Step.Handling) with { IsMarked = true }).ShouldBe([CaseAction.Resolve]);
        Of(At(Step.Handling) with { IsUp = true }).ShouldBe([CaseAction.Resolve, CaseAction.HandBack]);
        Of(At(Step.Handling) with { IsMarked = true, IsSuspended = true }).ShouldBe([CaseAction.Resume]);
        Of(At(Step.Handling) with { IsMarked = true, Asked = RequestKind.Extension })
            .ShouldBe([CaseAction.Grant, CaseAction.Refuse]);
        Moves(Step.Inspecting).ShouldBe([CaseAction.Pass, CaseAction.Fail]);
        Moves(Step.Feedback).ShouldBe([CaseAction.Tell]);
        Moves(Step.Closed).ShouldBe([CaseAction.Evaluate, CaseAction.Reopen]);
        foreach (var over in (Step[])[Step.Evaluated, Step.Rejected, Step.Merged])
            CaseLife.Next(At(over), random).ShouldBeNull();
    }

    [Fact(DisplayName = "[DE9] waits are minutes to hours, some beyond their limit; in a hurry they are seconds")]
    public void Waits_are_plausible()
    {
        var random = new Random(2);
        var accepts = Enumerable.Range(0, 2_000).Select(_ => CaseLife.Next(At(Step.Dispatched), random)!.Value.After)
            .ToArray();
        accepts.Min().ShouldBeGreaterThan(TimeSpan.FromSeconds(20));
        accepts.Count(wait => wait > TimeSpan.FromMinutes(15)).ShouldBeInRange(10, 150);
        CaseLife.Next(At(Step.Handling, hurry: 2), random)!.Value.After.ShouldBeLessThan(TimeSpan.FromSeconds(8));
    }

    [Fact(DisplayName = "[DE9] some hundreds of cases are open once the day has run for a while")]
    public void Pool_settles()
    {
        var random = new Random(3);
        var minutes = 0.0;
        const int Cases = 4_000;
        for (var i = 0; i < Cases; i++)
        {
            for (var open = At(Step.Reported); open.Step.IsOpen() && CaseLife.Next(open, random) is { } move;)
            {
                minutes += move.After.TotalMinutes;
                open = open with { Step = After(move.Action) };
            }
        }

        // Little's law: mean number open = reports a minute × mean minutes open.
        (new DemoOptions().CasesPerDay / 1_440.0 * minutes / Cases).ShouldBeInRange(300, 1_000);
    }

    [Fact(DisplayName = "[DE10] a walker stays inside its grid, at its pace, and gets about")]
    public void Walkers_stay_inside()
    {
        var random = new Random(4);
        Spot[] ring = [new(0, 0), new(300, 0), new(300, 100), new(120, 100), new(120, 300), new(0, 300), new(0, 0)];
        var plot = new Plot(ring);
        var walker = new Walker(plot, new Spot(20, 20), 0);
        var visited = new HashSet<(int, int)>();
        for (var i = 0; i < 5_000; i++)
        {
            var before = walker.At;
            walker.Walk(9, random);
            plot.Contains(walker.At).ShouldBeTrue();
            Math.Sqrt(before.SquaredTo(walker.At)).ShouldBeLessThanOrEqualTo(9.001);
            visited.Add(((int)walker.At.X / 60, (int)walker.At.Y / 60));
        }

        visited.Count.ShouldBeGreaterThan(10);
        walker.Walk(1_000_000, random);
        plot.Contains(walker.At).ShouldBeTrue();
    }

    [Theory(DisplayName = "[DE11] a shift runs from its start for its hours, over midnight too, by China's clock")]
    [InlineData(8, 10, 7, 59, false)]
    [InlineData(8, 10, 8, 0, true)]
    [InlineData(8, 10, 17, 59, true)]
    [InlineData(8, 10, 18, 0, false)]
    [InlineData(21, 11, 23, 0, true)]
    [InlineData(21, 11, 7, 59, true)]
    [InlineData(21, 11, 8, 0, false)]
    public void Shifts_run(int start, int hours, int hour, int minute, bool runs)
    {
        var worker = new WorkerEntry("W", "某人", s_grid, WorkerKind.Worker, [], new TimeOnly(start, 0), hours);
        var utc = new DateTimeOffset(2026, 11, 24, hour, minute, 0, TimeSpan.FromHours(8)).ToUniversalTime();
        ShiftPlan.IsRunning(worker, ChinaTime.Local(utc)).ShouldBe(runs);
        ShiftPlan.Walks(worker with { Kind = WorkerKind.Instructor }).ShouldBeFalse();
    }

    [Fact(DisplayName = "[DE12] a storm stands over one town for two minutes, at its time, the same for the same seed")]
    public void Storms_come_and_go()
    {
        var every = TimeSpan.FromMinutes(45);
        var (plan, same, never) =
            (new StormPlan(7, 9, every), new StormPlan(7, 9, every), new StormPlan(7, 9, TimeSpan.Zero));
        var seconds = Enumerable.Range(0, 10 * 45 * 60).Select(s => TimeSpan.FromSeconds(s)).ToArray();
        seconds.Count(at => plan.TownAt(at) is not null).ShouldBe(10 * 120);
        plan.TownAt(TimeSpan.FromMinutes(22)).ShouldBeNull();
        plan.TownAt(TimeSpan.FromMinutes(23)).ShouldNotBeNull();
        seconds.Select(plan.TownAt).OfType<int>().Distinct().Count().ShouldBeGreaterThan(1);
        seconds.All(at => plan.TownAt(at) == same.TownAt(at) && plan.TownAt(at) is null or >= 0 and < 9).ShouldBeTrue();
        seconds.All(at => never.TownAt(at) is null).ShouldBeTrue();
    }

    [Theory(DisplayName = "[DE8] options out of their range are named, all at once")]
    [InlineData(1, 45, 350, 7_500, 0)]
    [InlineData(0, 45, 350, 7_500, 1)]
    [InlineData(double.NaN, -1, 9_999, -1, 4)]
    public void Options_are_checked(double speed, double storm, int stock, int perDay, int problems) =>
        new DemoOptions { Speed = speed, StormEveryMinutes = storm, StartingCases = stock, CasesPerDay = perDay }
            .Problems().Count().ShouldBe(problems);

    private static Step After(CaseAction action) => action switch
    {
        CaseAction.SelfHandle or CaseAction.Accept or CaseAction.Fail => Step.Handling,
        CaseAction.Dispatch => Step.Dispatched,
        CaseAction.Reject => Step.Rejected,
        CaseAction.Return => Step.Returned,
        CaseAction.Resolve => Step.Inspecting,
        CaseAction.Pass => Step.Feedback,
        CaseAction.Tell => Step.Closed,
        _ => Step.Evaluated,
    };
}
