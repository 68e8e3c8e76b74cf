using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;

namespace GridMesh.Grains.Incidents;

/// <summary>What a command comes to: facts, or why not. No facts and no reject: it is so already.</summary>
public readonly record struct Decision(RejectCode? Reject, ImmutableArray<IncidentFact> Facts)
{
    /// <summary>It is so already.</summary>
    public static Decision Nothing => new(null, []);

    public static implicit operator Decision(RejectCode reject) => new(reject, []);

    public static implicit operator Decision(IncidentFact fact) => new(null, [fact]);
}
