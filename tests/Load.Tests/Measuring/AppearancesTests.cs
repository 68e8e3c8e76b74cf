using GridMesh.Clock.Fixture;
using GridMesh.Load.Measuring;

namespace GridMesh.Load.Tests.Measuring;

public sealed class AppearancesTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);

    private readonly FakeTime _time = new();

    [Fact(DisplayName = "[LO3] whoever waits for a case learns of its card, before or after it came")]
    public async Task Comes()
    {
        var cards = new Appearances(10, _time);
        var late = cards.WaitAsync("late", s_patience);
        cards.See("early");
        (await cards.WaitAsync("early", s_patience)).ShouldBeTrue();
        late.IsCompleted.ShouldBeFalse();
        cards.See("late");
        (await late).ShouldBeTrue();
    }

    [Fact(DisplayName = "[LO3] a card that does not come in time is lost, and one that comes later still harms nobody")]
    public async Task Lost()
    {
        var cards = new Appearances(10, _time);
        var waiting = cards.WaitAsync("case", s_patience);
        _time.Advance(s_patience);
        (await waiting).ShouldBeFalse();
        cards.See("case");
        (await cards.WaitAsync("case", s_patience)).ShouldBeTrue();
    }

    [Fact(DisplayName = "[LO3] only the newest cards that nobody asked for are remembered")]
    public async Task Forgets()
    {
        var cards = new Appearances(2, _time);
        cards.See("a");
        cards.See("b");
        cards.See("c");
        (await cards.WaitAsync("b", s_patience)).ShouldBeTrue();
        var gone = cards.WaitAsync("a", s_patience);
        _time.Advance(s_patience);
        (await gone).ShouldBeFalse();
    }
}
