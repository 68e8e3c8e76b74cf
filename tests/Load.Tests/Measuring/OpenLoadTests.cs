using GridMesh.Load.Measuring;

namespace GridMesh.Load.Tests.Measuring;

public sealed class OpenLoadTests
{
    private readonly ManualTime _time = new();

    [Theory(DisplayName = "[LO2] a schedule holds rate times duration operations, evenly apart")]
    [InlineData(5, 60, 300)]
    [InlineData(0.5, 10, 5)]
    [InlineData(3, 1.1, 4)]
    public void Count_and_moments(double rate, double seconds, int count)
    {
        var schedule = new OpenSchedule(rate, TimeSpan.FromSeconds(seconds));

        schedule.Count.ShouldBe(count);
        schedule.DueAt(0).ShouldBe(TimeSpan.Zero);
        schedule.DueAt(count - 1).TotalSeconds.ShouldBe((count - 1) / rate, 1e-6);
        schedule.DueAt(count - 1).ShouldBeLessThan(schedule.Duration);
    }

    [Fact(DisplayName = "[LO2] a schedule is bounded in number")]
    public void Bounded() => new OpenSchedule(1e9, TimeSpan.FromHours(1)).Count.ShouldBe(OpenSchedule.CountMax);

    [Fact(DisplayName = "[LO2] an operation that is never answered delays no other one, and a late start keeps its intended moment")]
    public async Task No_coordinated_omission()
    {
        var stuck = new TaskCompletionSource();
        var intended = new List<long>();
        var started = new List<long>();
        var load = new OpenLoad(new OpenSchedule(10, TimeSpan.FromSeconds(1)), 100, _time);
        var running = load.RunAsync(
            (number, at) =>
            {
                intended.Add(at);
                started.Add(_time.GetTimestamp());
                return number == 0 ? stuck.Task : Task.CompletedTask;
            },
            CancellationToken.None);

        // The clock jumps over everything that is still due, as if this program had been stopped meanwhile.
        await _time.Armed;
        _time.Advance(TimeSpan.FromSeconds(5));
        stuck.SetResult();
        await running;

        intended.ShouldBe(Enumerable.Range(0, 10).Select(number => TimeSpan.FromMilliseconds(100 * number).Ticks));
        started.Skip(1).ShouldAllBe(at => at == TimeSpan.FromSeconds(5).Ticks);
        load.Skipped.ShouldBe(0);
    }

    [Fact(DisplayName = "[LO2] beyond the most in flight an operation is skipped and counted")]
    public async Task In_flight_is_bounded()
    {
        var stuck = new TaskCompletionSource();
        var begun = 0;
        var load = new OpenLoad(new OpenSchedule(10, TimeSpan.FromSeconds(1)), 3, _time);
        var running = load.RunAsync((_, _) => { begun++; return stuck.Task; }, CancellationToken.None);
        await _time.Armed;
        _time.Advance(TimeSpan.FromSeconds(2));
        stuck.SetResult();
        await running;

        begun.ShouldBe(3);
        load.Skipped.ShouldBe(7);
    }

    [Fact(DisplayName = "[LO2] a cancelled load starts nothing more and waits for what is in flight")]
    public async Task Cancelled()
    {
        using var stop = new CancellationTokenSource();
        var begun = 0;
        var answer = new TaskCompletionSource();
        var running = new OpenLoad(new OpenSchedule(1, TimeSpan.FromSeconds(100)), 3, _time)
            .RunAsync((_, _) => { begun++; return answer.Task; }, stop.Token);
        await _time.Armed;
        await stop.CancelAsync();

        running.IsCompleted.ShouldBeFalse();
        answer.SetResult();
        await running;
        begun.ShouldBe(1);
    }
}
