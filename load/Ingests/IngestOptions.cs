using GridMesh.Load.Running;

namespace GridMesh.Load.Ingests;

/// <summary>What <c>ingest</c> is asked to do. The duration is that of each part.</summary>
internal sealed record IngestOptions : RunOptions
{
    /// <summary>Single requests a second that have to be taken, on a machine of two cores.</summary>
    public const double SinglesDefault = 20_000;

    /// <summary>Positions a second in batches that have to be taken.</summary>
    public const double BatchedDefault = 100_000;

    /// <summary>Most connections.</summary>
    public const int ConnectionsMax = 20_000;

    /// <summary>Connections that single requests come on, one at a time on each.</summary>
    public int Connections { get; init; } = 2_048;

    /// <summary>Least positions a second in batches.</summary>
    public double Batched { get; init; } = BatchedDefault;

    public override IEnumerable<string> Problems()
    {
        foreach (var problem in base.Problems())
        {
            yield return problem;
        }

        if (OwnSiloProblem("ingest") is { } problemOfUrl)
        {
            yield return problemOfUrl;
        }

        if (Connections is < 1 or > ConnectionsMax)
        {
            yield return $"--connections is {Connections}; it has to be 1-{ConnectionsMax}";
        }

        if (!(Batched > 0 && Batched <= 10_000_000))
        {
            yield return $"--batched is {Batched}; it has to be more than 0 and at most 10000000 a second";
        }
    }
}
