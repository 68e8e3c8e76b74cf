namespace GridMesh.Contracts.Incidents;

/// <summary>What kind of order the hotline 12345 passes on; each has a limit of its own.</summary>
[GenerateSerializer, Alias("HotlineKind")]
public enum HotlineKind
{
    /// <summary>紧急: the same day.</summary>
    Urgent,

    /// <summary>咨询: three work days.</summary>
    Enquiry,

    /// <summary>投诉: thirteen work days.</summary>
    Complaint,
}

/// <summary>The order of the hotline that a case is.</summary>
/// <param name="Number">As the hotline numbers it, 1-<see cref="NumberMax"/> letters, digits, '-', '_' or '.'.</param>
[GenerateSerializer, Immutable, Alias("HotlineOrder")]
public sealed record HotlineOrder([property: Id(0)] string Number, [property: Id(1)] HotlineKind Kind)
{
    public const int NumberMax = 64;
}
