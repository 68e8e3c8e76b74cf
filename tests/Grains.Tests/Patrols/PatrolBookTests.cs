using System.Text.Json;
using GridMesh.Contracts.Json;
using GridMesh.Contracts.Patrols;
using GridMesh.Grains.Patrols;
using static GridMesh.Grains.Tests.Patrols.PatrolSample;

namespace GridMesh.Grains.Tests.Patrols;

public sealed class PatrolBookTests
{
    [Fact(DisplayName = "[PT6] due is what has an open window, done and missed are today's, and a miss is an alarm until it is noted")]
    public void Numbers()
    {
        var book = Planned();
        Counts(book, At(7)).ShouldBe((0, 0, 0, 0));
        Counts(book, At(8)).ShouldBe((2, 0, 0, 0));
        book.Add(PatrolDecider.Sight(book, [Seen(Slot("bridge"))], At(9)));
        Counts(book, At(9)).ShouldBe((1, 1, 0, 0));
        book.Add(PatrolDecider.Settle(book, At(10)));
        Counts(book, At(10)).ShouldBe((0, 1, 1, 1));
        book.Add(new MissesAcknowledged(At(11), "lead", "P1", "下雨"));
        Counts(book, At(11)).ShouldBe((0, 1, 1, 0));
        Counts(book, At(0, day: 3)).ShouldBe((0, 0, 0, 0));
    }

    [Fact(DisplayName = "[PT6] an alarm that nobody noted ends with the day")]
    public void DayEnds()
    {
        var book = Planned();
        book.Add(PatrolDecider.Settle(book, At(16)));
        Counts(book, At(23, 59)).ShouldBe((0, 0, 4, 4));
        Counts(book, At(0, day: 3)).ShouldBe((0, 0, 0, 0));
    }

    [Fact(DisplayName = "[PT6] the board changes by itself when a window opens, when one ends, and at midnight")]
    public void Turns()
    {
        var book = Planned();
        book.NextTurn(At(7)).ShouldBe(At(8));
        book.NextTurn(At(8)).ShouldBe(At(10));
        book.NextTurn(At(10)).ShouldBe(At(14));
        book.NextTurn(At(16)).ShouldBe(At(0, day: 3));
        new PatrolBook(new PatrolMemory()).NextTurn(At(7)).ShouldBeNull();
    }

    [Fact(DisplayName = "[PT8] a fold that was kept and the facts after it are the same as all facts")]
    public void Kept()
    {
        var whole = Planned();
        whole.Add(PatrolDecider.Sight(whole, [Seen(Slot("pier"))], At(9)));
        var kept = JsonSerializer.Deserialize<PatrolMemory>(
            JsonSerializer.SerializeToUtf8Bytes(whole.ToMemory(), MeshJson.Compact), MeshJson.Compact)!;
        var resumed = new PatrolBook(kept);
        var later = PatrolDecider.Settle(whole, At(10));
        whole.Add(later);
        resumed.Add(later);
        JsonSerializer.Serialize(resumed.ToMemory()).ShouldBe(JsonSerializer.Serialize(whole.ToMemory()));
        Counts(resumed, At(10)).ShouldBe((0, 1, 1, 1));
        resumed.Apply(resumed.Version, later[0]);
        resumed.Version.ShouldBe(whole.Version);
        Should.Throw<InvalidOperationException>(() => resumed.Apply(resumed.Version + 2, later[0]));
    }

    [Fact(DisplayName = "[PT8] what is kept does not grow with the days, and nothing is told as missed twice for it")]
    public void Bounded()
    {
        var book = Planned(since: At(7, day: 2));
        var sizes = new List<int>();
        for (var day = 2; day <= 30; day++)
        {
            var missed = PatrolDecider.Settle(book, At(23, day: day));
            missed.Length.ShouldBe(4);
            book.Add(missed);
            book.Settled(At(23, day: day));
            sizes.Add(book.ToMemory().Fates.Length);
        }

        sizes[^1].ShouldBe(sizes[2]);
        book.ToMemory().Marks.Length.ShouldBe(29);
        book.AfterOf(20260310).ShouldBe(1 + (8 * 4));
        book.AfterOf(20260301).ShouldBeNull();
    }

    [Fact(DisplayName = "[PT5] the first fact of a checkpoint of a round decides it")]
    public void FirstDecides()
    {
        var book = Planned();
        book.Add(
            new CheckpointMissed(At(10), "clock", Slot("bridge"), At(10)),
            new CheckpointDone(At(10, 1), "w1", Slot("bridge"), "w1", CheckInWay.Geofence, null));
        book.Find(Slot("bridge"))!.IsDone.ShouldBeFalse();
    }

    private static (int Due, int Done, int Missed, int Alarms) Counts(PatrolBook book, DateTimeOffset now)
    {
        var board = book.BoardAt(now);
        return (board.Due, board.Done, board.Missed, board.Alarms);
    }
}
