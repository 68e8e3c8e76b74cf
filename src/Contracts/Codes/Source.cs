namespace GridMesh.Contracts.Codes;

/// <summary>Who saw it first.</summary>
[GenerateSerializer, Alias("Source")]
public enum Source
{
    Worker,
    Resident,
    Hotline,
    Camera,
    Drone,
    Sensor,
}
