using GridMesh.Load.Runner.Contracts;

namespace GridMesh.Load.Runner.Measuring;

/// <summary>What a step or a scenario did, well and badly.</summary>
internal sealed class Series(string name, int sortIndex)
{
    private readonly Measurement _ok = new();
    private readonly Measurement _fail = new();

    public string Name => name;

    public int SortIndex => sortIndex;

    public void Record(IResponse response, long micros) => (response.IsError ? _fail : _ok).Record(response, micros);

    public SeriesSnapshot Read() => new(name, sortIndex, _ok.Read(), _fail.Read());
}

/// <summary>A series at one moment.</summary>
internal sealed record SeriesSnapshot(string Name, int SortIndex, MeasurementSnapshot Ok, MeasurementSnapshot Fail)
{
    public SeriesSnapshot Since(SeriesSnapshot? earlier) => earlier is null
        ? this
        : this with { Ok = Ok.Since(earlier.Ok), Fail = Fail.Since(earlier.Fail) };
}
