using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Workers;
using GridMesh.Grains.Grids;
using GridMesh.Grains.Live;

namespace GridMesh.Grains.Tests.Live;

public sealed class AreaViewTests
{
    private static readonly AreaSummary s_numbers = AreaSummary.Zero;

    [Fact(DisplayName = "[WP1] frames number on without a gap and carry only what was touched, at its latest")]
    public void Numbers()
    {
        var view = new AreaView();
        var outlet = new FrameSource(Sample.Grid, 7);
        view.Sources.Add(outlet);
        view.Put(Card(1));
        view.Put(Card(1, 2, Step.Dispatched));
        view.Put(Card(2));
        var first = outlet.Take(Sample.Now, view, s_numbers, _ => null);
        (first.Epoch, first.From, first.To).ShouldBe((7, 0, 1));
        first.Incidents!.Put.Single(card => card.Id.Serial == 1).Step.ShouldBe(Step.Dispatched);
        first.Summary.ShouldBeNull();
        first.Workers.ShouldBeNull();

        view.Put(Card(1, 3, Step.Closed));
        outlet.TouchSummary();
        var second = outlet.Take(Sample.Now, view, s_numbers, _ => null);
        (second.From, second.To).ShouldBe((1, 2));
        second.Incidents!.Gone.Single().Serial.ShouldBe(1);
        second.Summary.ShouldBe(s_numbers);
    }

    [Fact(DisplayName = "[WP4] a frame without changes is a sign of life that moves no version")]
    public void SignOfLife()
    {
        var outlet = new FrameSource(Sample.Grid, 7);
        var frame = outlet.Take(Sample.Now, new AreaView(), s_numbers, _ => null);
        (frame.From, frame.To, frame.At).ShouldBe((0, 0, Sample.Now));
    }

    [Fact(DisplayName = "[WP6] a view shows the newest cases, and the next one when one of them leaves")]
    public void Bounded()
    {
        var view = new AreaView(incidentsMax: 5, workersMax: 2);
        var outlet = new FrameSource(Sample.Grid, 7);
        view.Sources.Add(outlet);
        foreach (var serial in (int[])[3, 8, 1, 7, 2, 6, 4, 5])
            view.Put(Card(serial));

        Shown(view).ShouldBe([4, 5, 6, 7, 8]);
        view.Put(Card(3, 2, Step.Dispatched));
        view.Put(Card(2, 2, Step.Closed));
        Shown(view).ShouldBe([4, 5, 6, 7, 8]);
        outlet.Take(Sample.Now, view, s_numbers, _ => null).Incidents!.Put.Length.ShouldBe(5);
        view.Remove(Card(8).Id);
        Shown(view).ShouldBe([3, 4, 5, 6, 7]);
        var frame = outlet.Take(Sample.Now, view, s_numbers, _ => null).Incidents!;
        frame.Put.Single().ShouldBe(Card(3, 2, Step.Dispatched));
        frame.Gone.Single().Serial.ShouldBe(8);
        view.Put(Card(7, 2, Step.Closed));
        Shown(view).ShouldBe([1, 3, 4, 5, 6]);
        view.Put(Card(9));
        Shown(view).ShouldBe([3, 4, 5, 6, 9]);
        view.Put(Dot("a"), Sample.Grid);
        view.Put(Dot("b"), Sample.Grid);
        view.Put(Dot("c"), Sample.Grid);
        view.Workers.Length.ShouldBe(2);
    }

    [Fact(DisplayName = "[PR3] nobody off duty, and nobody whose place is not known, is on a wall")]
    public void OffDuty()
    {
        var view = new AreaView();
        view.Put(Dot("a"), Sample.Grid);
        view.Put(Dot("b") with { Lng = null, Lat = null }, Sample.Grid);
        view.Workers.Select(dot => dot.Id).ShouldBe(["a"]);
        view.Put(Dot("a") with { Status = WorkerStatus.OffDuty }, Sample.Grid);
        view.Workers.ShouldBeEmpty();
    }

    [Fact(DisplayName = "[WP2] a parent that applies its child's frames has what the child has")]
    public void Mirrors()
    {
        var random = new Random(3);
        var child = new AreaView();
        var outlet = new FrameSource(Sample.Grid, 1);
        child.Sources.Add(outlet);
        var parent = new AreaView();
        for (var i = 0; i < 500; i++)
        {
            var serial = random.Next(1, 40);
            switch (random.Next(4))
            {
                case 0: child.Put(Card(serial, i, (Step)random.Next(10))); break;
                case 1: child.Remove(Card(serial).Id); break;
                case 2: child.Put(Dot($"w{random.Next(9)}", i), Sample.Grid); break;
                default: child.RemoveWorker($"w{random.Next(9)}"); break;
            }

            if (random.Next(5) == 0)
                parent.Apply(outlet.Take(Sample.Now, child, s_numbers, _ => null));
        }

        parent.Apply(outlet.Take(Sample.Now, child, s_numbers, _ => null));
        parent.Cards.OrderBy(card => card.Id.Value).ShouldBe(child.Cards.OrderBy(card => card.Id.Value));
        parent.Workers.OrderBy(dot => dot.Id).ShouldBe(child.Workers.OrderBy(dot => dot.Id));
    }

    [Fact(DisplayName = "[WP2] the whole of a child takes the place of what was known of it and of nothing else")]
    public void Replaces()
    {
        var view = new AreaView();
        view.Put(Card(1));
        view.Put(Dot("a"), Sample.Grid);
        view.Put(Dot("b"), Sample.OtherGrid);
        view.Replace(new AreaSnapshot(
            Sample.Grid, "", Tier.Grid, null, 1, 1, Sample.Now, s_numbers, [], [Card(2)], [Dot("c")]));
        view.Cards.Single().Id.Serial.ShouldBe(2);
        view.Workers.Select(dot => dot.Id).Order().ShouldBe(["b", "c"]);
    }

    [Fact(DisplayName = "[WP5] a lease that is not renewed lapses, a renewed one does not")]
    public void LeasesLapse()
    {
        var leases = new Leases(TimeSpan.FromSeconds(30));
        leases.Take("a", TimeSpan.Zero);
        leases.Take("b", TimeSpan.Zero);
        leases.Renew("a", TimeSpan.FromSeconds(20)).ShouldBeTrue();
        leases.Sweep(TimeSpan.FromSeconds(31)).ShouldBeTrue();
        leases.Renew("b", TimeSpan.FromSeconds(31)).ShouldBeFalse();
        leases.Sweep(TimeSpan.FromSeconds(51)).ShouldBeFalse();
    }

    [Fact(DisplayName = "[WP6] through two tiers the newest cases are shown, whatever comes and goes below")]
    public void Newest()
    {
        var random = new Random(11);
        var (left, right, top) =
            (new AreaView(incidentsMax: 20), new AreaView(incidentsMax: 20), new AreaView(incidentsMax: 20));
        var (fromLeft, fromRight) = (new FrameSource(Sample.Grid, 1), new FrameSource(Sample.Grid, 1));
        left.Sources.Add(fromLeft);
        right.Sources.Add(fromRight);
        var open = new HashSet<int>();
        for (var i = 0; i < 2_000; i++)
        {
            var serial = random.Next(1, 100);
            var child = serial % 2 == 0 ? left : right;
            var isOpen = random.Next(3) > 0;
            child.Put(Card(serial, i + 1, isOpen ? Step.Reported : Step.Closed));
            _ = isOpen ? open.Add(serial) : open.Remove(serial);
            if (random.Next(5) == 0)
            {
                top.Apply(fromLeft.Take(Sample.Now, left, s_numbers, _ => null));
                top.Apply(fromRight.Take(Sample.Now, right, s_numbers, _ => null));
                Shown(top).ShouldBe(open.OrderDescending().Take(20).Order());
            }
        }
    }

    private static IEnumerable<int> Shown(AreaView view) => view.Cards.Select(card => card.Id.Serial).Order();

    private static IncidentCard Card(int serial, long version = 1, Step step = Step.Reported) =>
        GridState.CardOf(Sample.Row(serial, version, step, at: Sample.Now.AddMinutes(serial)));

    private static WorkerDot Dot(string id, int minute = 0) =>
        new(id, 108, 22, WorkerStatus.OnDuty, Sample.Now.AddMinutes(minute));
}
