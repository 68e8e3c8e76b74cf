namespace GridMesh.Contracts.Care;

/// <summary>What the live grid shows of its watches: a number, and nothing of whom it is about.</summary>
/// <param name="Version">Facts of the stream behind it.</param>
/// <param name="Alarms">Households that are not heard of, and nobody has confirmed yet.</param>
/// <param name="IsWatching">There are watches.</param>
[GenerateSerializer, Immutable, Alias("CareBoard")]
public sealed record CareBoard(
    [property: Id(0)] long Version, [property: Id(1)] int Alarms, [property: Id(2)] bool IsWatching);

/// <summary>The watches over households of one grid. Key: the grid's 15 digits.</summary>
[Alias("ICareGrain")]
public interface ICareGrain : IGrainWithStringKey
{
    /// <summary>Answered once the facts are durable; reading is one too.</summary>
    [Alias("Execute")]
    Task<CareOutcome> ExecuteAsync(CareCommand command);

    /// <summary>It interleaves: the grid asks while it wakes, and this one may be telling it something.</summary>
    [Alias("GetBoard"), AlwaysInterleave]
    Task<CareBoard> GetBoardAsync();
}
