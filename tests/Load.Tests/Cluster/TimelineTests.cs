using GridMesh.Load.Cluster;

namespace GridMesh.Load.Tests.Cluster;

public sealed class TimelineTests
{
    private readonly ManualTime _time = new();

    [Fact(DisplayName = "[LO8] every second tells what was answered, what failed and the slowest answer")]
    public void Seconds()
    {
        var timeline = new Timeline(_time);
        timeline.Answer(TimeSpan.FromMilliseconds(5));
        timeline.Answer(TimeSpan.FromMilliseconds(9));
        _time.Advance(TimeSpan.FromMilliseconds(2_500));
        timeline.Fail("SiloIsUnavailable");
        timeline.Answer(TimeSpan.FromMilliseconds(2));

        timeline.Seconds.ShouldBe(
        [
            new Second(0, 2, 0, TimeSpan.FromMilliseconds(9)), new Second(2, 1, 1, TimeSpan.FromMilliseconds(2)),
        ]);
        (timeline.Answered, timeline.Failed, timeline.Slowest).ShouldBe((3, 1, TimeSpan.FromMilliseconds(9)));
    }

    [Fact(DisplayName = "[LO8] the last failure is told by its moment, and each code by how often it came")]
    public void Failures()
    {
        var timeline = new Timeline(_time);
        timeline.LastFailure.ShouldBeNull();
        _time.Advance(TimeSpan.FromSeconds(1));
        timeline.Fail("TooBusy");
        _time.Advance(TimeSpan.FromSeconds(3));
        timeline.Fail("TooBusy");
        _time.Advance(TimeSpan.FromSeconds(3));
        timeline.Answer(TimeSpan.Zero);

        timeline.LastFailure.ShouldBe(TimeSpan.FromSeconds(4));
        timeline.Codes["TooBusy"].ShouldBe(2);
    }
}
