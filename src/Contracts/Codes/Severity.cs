namespace GridMesh.Contracts.Codes;

[GenerateSerializer, Alias("Severity")]
public enum Severity
{
    Normal,
    Urgent,
    Major,
}
