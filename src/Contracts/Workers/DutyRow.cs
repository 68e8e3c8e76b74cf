using GridMesh.Contracts.Codes;

namespace GridMesh.Contracts.Workers;

/// <summary>Whether a worker is on duty, written in the transaction of the shift's fact.</summary>
[GenerateSerializer, Immutable, Alias("DutyRow")]
public sealed record DutyRow(
    [property: Id(0)] string Worker,
    [property: Id(1)] AreaCode Grid,
    [property: Id(2)] bool OnDuty,
    [property: Id(3)] DateTimeOffset Since,
    [property: Id(4)] long Version);
