namespace GridMesh.Load.Tests.Cluster;

public sealed class TruthTests
{
    private const string One = "450105001001001";
    private readonly FakeTimeProvider _time = new();
    private readonly Truth _truth;

    public TruthTests() => _truth = new Truth([One], TimeSpan.FromSeconds(2), _time);

    [Fact(DisplayName = "[LO9] a wall may show what was true of late, and no longer than that")]
    public void Of_late()
    {
        Record(One, 1, 1);
        _time.Advance(TimeSpan.FromSeconds(1.5));
        Record(One, 2, 2);
        _truth.Holds(One, new DistrictNumbers(1, 1)).ShouldBeTrue();
        _time.Advance(TimeSpan.FromSeconds(1));
        _truth.Holds(One, new DistrictNumbers(1, 1)).ShouldBeFalse();
        _truth.Holds(One, new DistrictNumbers(2, 2)).ShouldBeTrue();
    }

    private void Record(string code, int open, int today) =>
        _truth.Record(new Dictionary<string, DistrictNumbers> { [code] = new(open, today) });
}
