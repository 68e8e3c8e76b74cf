using System.Text.Json;
using GridMesh.Contracts.Json;
using GridMesh.Contracts.Patrols;
using GridMesh.Grains.Patrols;
using static GridMesh.Grains.Tests.Patrols.PatrolSample;

namespace GridMesh.Grains.Tests.Patrols;

public sealed class PatrolFoldTests
{
    [Fact(DisplayName = "[PT6] due is what has an open window, done and missed are today's, and a miss is an alarm until it is noted")]
    public void Numbers()
    {
        var fold = Planned();
        Counts(fold, At(7)).ShouldBe((0, 0, 0, 0));
        Counts(fold, At(8)).ShouldBe((2, 0, 0, 0));
        fold.Add(PatrolDecider.Sight(fold, [Seen(Slot("bridge"))], At(9)));
        Counts(fold, At(9)).ShouldBe((1, 1, 0, 0));
        fold.Add(PatrolDecider.Settle(fold, At(10)));
        Counts(fold, At(10)).ShouldBe((0, 1, 1, 1));
        fold.Add(new MissesAcknowledged(At(11), "lead", "P1", "下雨"));
        Counts(fold, At(11)).ShouldBe((0, 1, 1, 0));
        Counts(fold, At(0, day: 3)).ShouldBe((0, 0, 0, 0));
    }

    [Fact(DisplayName = "[PT6] an alarm that nobody noted ends with the day")]
    public void DayEnds()
    {
        var fold = Planned();
        fold.Add(PatrolDecider.Settle(fold, At(16)));
        Counts(fold, At(23, 59)).ShouldBe((0, 0, 4, 4));
        Counts(fold, At(0, day: 3)).ShouldBe((0, 0, 0, 0));
    }

    [Fact(DisplayName = "[PT6] the board changes by itself when a window opens, when one ends, and at midnight")]
    public void Turns()
    {
        var fold = Planned();
        fold.NextTurn(At(7)).ShouldBe(At(8));
        fold.NextTurn(At(8)).ShouldBe(At(10));
        fold.NextTurn(At(10)).ShouldBe(At(14));
        fold.NextTurn(At(16)).ShouldBe(At(0, day: 3));
        new PatrolFold(new PatrolSnapshot()).NextTurn(At(7)).ShouldBeNull();
    }

    [Fact(DisplayName = "[PT8] a fold that was kept and the facts after it are the same as all facts")]
    public void Kept()
    {
        var whole = Planned();
        whole.Add(PatrolDecider.Sight(whole, [Seen(Slot("pier"))], At(9)));
        var kept = JsonSerializer.Deserialize<PatrolSnapshot>(
            JsonSerializer.SerializeToUtf8Bytes(whole.ToSnapshot(), MeshJson.Compact), MeshJson.Compact)!;
        var resumed = new PatrolFold(kept);
        var later = PatrolDecider.Settle(whole, At(10));
        whole.Add(later);
        resumed.Add(later);
        JsonSerializer.Serialize(resumed.ToSnapshot()).ShouldBe(JsonSerializer.Serialize(whole.ToSnapshot()));
        Counts(resumed, At(10)).ShouldBe((0, 1, 1, 1));
        resumed.Apply(resumed.Version, later[0]);
        resumed.Version.ShouldBe(whole.Version);
        Should.Throw<InvalidOperationException>(() => resumed.Apply(resumed.Version + 2, later[0]));
    }

    [Fact(DisplayName = "[PT8] what is kept does not grow with the days, and nothing is told as missed twice for it")]
    public void Bounded()
    {
        var fold = Planned(since: At(7, day: 2));
        var sizes = new List<int>();
        for (var day = 2; day <= 30; day++)
        {
            var missed = PatrolDecider.Settle(fold, At(23, day: day));
            missed.Length.ShouldBe(4);
            fold.Add(missed);
            fold.Settled(At(23, day: day));
            sizes.Add(fold.ToSnapshot().Fates.Length);
        }

        sizes[^1].ShouldBe(sizes[2]);
        fold.ToSnapshot().Marks.Length.ShouldBe(29);
        fold.AfterOf(20260310).ShouldBe(1 + (8 * 4));
        fold.AfterOf(20260301).ShouldBeNull();
    }

    [Fact(DisplayName = "[PT5] the first fact of a checkpoint of a round decides it")]
    public void FirstDecides()
    {
        var fold = Planned();
        fold.Add(
            new CheckpointMissed(At(10), "clock", Slot("bridge"), At(10)),
            new CheckpointDone(At(10, 1), "w1", Slot("bridge"), "w1", CheckInWay.Geofence, null));
        fold.Find(Slot("bridge"))!.IsDone.ShouldBeFalse();
    }

    private static (int Due, int Done, int Missed, int Alarms) Counts(PatrolFold fold, DateTimeOffset now)
    {
        var board = fold.BoardAt(now);
        return (board.Due, board.Done, board.Missed, board.Alarms);
    }
}
