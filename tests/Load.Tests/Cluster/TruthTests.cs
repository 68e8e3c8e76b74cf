namespace GridMesh.Load.Tests.Cluster;

public sealed class TruthTests
{
    private const string District = "450105";
    private const string One = "450105001001001";
    private const string Two = "450105001001002";
    private readonly FakeTimeProvider _time = new();
    private readonly Truth _truth;

    public TruthTests() => _truth = new Truth([District, One], TimeSpan.FromSeconds(2), _time);

    [Fact(DisplayName = "[LO9] an area's numbers are the sum of its grids', and a grid's are its own")]
    public void Sums()
    {
        Record((One, 2, 3), (Two, 10, 20));
        _truth.Holds(District, new DistrictNumbers(12, 23)).ShouldBeTrue();
        _truth.Holds(One, new DistrictNumbers(2, 3)).ShouldBeTrue();
        _truth.Holds(District, new DistrictNumbers(12, 22)).ShouldBeFalse();
        _truth.Latest(District).ShouldBe(new DistrictNumbers(12, 23));
    }

    [Fact(DisplayName = "[LO9] a wall may show what was true of late, and no longer than that")]
    public void Of_late()
    {
        Record((One, 1, 1));
        _time.Advance(TimeSpan.FromSeconds(1.5));
        Record((One, 2, 2));
        _truth.Holds(One, new DistrictNumbers(1, 1)).ShouldBeTrue();
        _time.Advance(TimeSpan.FromSeconds(1));
        _truth.Holds(One, new DistrictNumbers(1, 1)).ShouldBeFalse();
        _truth.Holds(One, new DistrictNumbers(2, 2)).ShouldBeTrue();
    }

    private void Record(params (string Grid, int Open, int Today)[] grids) =>
        _truth.Record(grids.ToDictionary(grid => grid.Grid, grid => new DistrictNumbers(grid.Open, grid.Today)));
}
