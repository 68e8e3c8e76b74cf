namespace GridMesh.Contracts.Codes;

/// <summary>Where a case stands in the closed loop (DOMAIN "The closed loop"). The open steps come first.</summary>
[GenerateSerializer, Alias("Step")]
public enum Step
{
    Reported,
    Dispatched,
    Handling,
    Returned,
    Inspecting,
    Feedback,
    Closed,
    Evaluated,
    Rejected,
    Merged,
}

public static class Steps
{
    /// <summary>True until the case is closed, evaluated, rejected or merged.</summary>
    public static bool IsOpen(this Step step) => step < Step.Closed;
}
