namespace GridMesh.Load.Tests.Districts;

public sealed class CardsTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);
    private readonly FakeTimeProvider _time = new();

    [Fact(DisplayName = "[LO3] whoever waits for a case learns of its card, before or after it came")]
    public async Task Comes()
    {
        var cards = new Cards(_time);
        cards.See("early");
        (await cards.WaitAsync("early", s_patience)).ShouldBeTrue();
        var waiting = cards.WaitAsync("late", s_patience);
        waiting.IsCompleted.ShouldBeFalse();
        cards.See("late");
        (await waiting).ShouldBeTrue();
    }

    [Fact(DisplayName = "[LO3] a card that does not come in time is lost, and one that comes later still harms nobody")]
    public async Task Lost()
    {
        var cards = new Cards(_time);
        var waiting = cards.WaitAsync("never", s_patience);
        _time.Advance(s_patience);
        (await waiting).ShouldBeFalse();
        cards.See("never");
        cards.HasSeen("never").ShouldBeTrue();
    }
}
