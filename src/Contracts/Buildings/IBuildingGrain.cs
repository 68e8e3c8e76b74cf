using GridMesh.Contracts.Codes;

namespace GridMesh.Contracts.Buildings;

/// <summary>A building's live state (API "buildings/{code}").</summary>
[GenerateSerializer, Immutable, Alias("BuildingView")]
public sealed record BuildingView(
    [property: Id(0)] BuildingCode Code,
    [property: Id(1)] AreaCode Grid,
    [property: Id(2)] DateTimeOffset? LastDoorAt);

/// <summary>A building 楼栋. Key: 20 digits.</summary>
[Alias("IBuildingGrain")]
public interface IBuildingGrain : IGrainWithStringKey
{
    /// <summary>Takes door events of this building, in any order; the latest one is the last door record.</summary>
    [Alias("RecordDoors")]
    Task RecordDoorsAsync(ImmutableArray<DateTimeOffset> openedAt);

    [Alias("Get")]
    Task<BuildingView> GetAsync();
}
