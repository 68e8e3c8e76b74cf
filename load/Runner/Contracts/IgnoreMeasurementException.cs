namespace GridMesh.Load.Runner.Contracts;

/// <summary>Thrown by an iteration that is not to be counted, for example one that waited when the scenario ended.</summary>
public sealed class IgnoreMeasurementException : Exception
{
    public IgnoreMeasurementException()
        : base("this iteration is not measured")
    {
    }

    public IgnoreMeasurementException(string message)
        : base(message)
    {
    }

    public IgnoreMeasurementException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
