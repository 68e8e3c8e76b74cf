namespace GridMesh.Load.Tests.Faults;

public sealed class TimelineTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact(DisplayName = "[LO8] it is told what was answered and how slowly, what failed with which code, and when last")]
    public void Told()
    {
        var timeline = new Timeline(_time);
        (timeline.Answered, timeline.Failed, timeline.LastFailure).ShouldBe((0, 0, null));
        timeline.Answer(TimeSpan.FromMilliseconds(9));
        timeline.Answer(TimeSpan.FromMilliseconds(5));
        timeline.Fail("SiloIsUnavailable");
        _time.Advance(TimeSpan.FromMilliseconds(2_500));
        timeline.Fail("SiloIsUnavailable");
        (timeline.Answered, timeline.Slowest).ShouldBe((2, TimeSpan.FromMilliseconds(9)));
        timeline.Codes.ShouldBe(new Dictionary<string, int> { ["SiloIsUnavailable"] = 2 });
        timeline.LastFailure.ShouldBe(TimeSpan.FromMilliseconds(2_500));
    }
}
