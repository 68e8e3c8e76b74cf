namespace GridMesh.Contracts.Codes;

/// <summary>What a device reports. Everything but <see cref="Door"/> is an alarm.</summary>
public enum SensorKind
{
    /// <summary>A door was opened: the life sign behind the watches.</summary>
    Door,
    Smoke,
    FireRisk,
    StreetOrder,
    WaterLevel,
    Drowning,
    Intrusion,
}
