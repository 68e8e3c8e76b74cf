namespace GridMesh.Contracts.Codes;

/// <summary>The level of an area. It follows from the length of its code and is a value, never a subclass.</summary>
[GenerateSerializer, Alias("Tier")]
public enum Tier
{
    /// <summary>省, 2 digits.</summary>
    Province,

    /// <summary>市, 4 digits.</summary>
    City,

    /// <summary>县(区), 6 digits, GB/T 2260.</summary>
    District,

    /// <summary>乡镇 / 街道, 9 digits, GB/T 10114.</summary>
    Town,

    /// <summary>社区 / 村, 12 digits.</summary>
    Community,

    /// <summary>网格, 15 digits.</summary>
    Grid,
}
