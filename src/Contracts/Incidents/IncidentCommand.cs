using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Geo;

namespace GridMesh.Contracts.Incidents;

/// <summary>
/// An order to one case. The same <see cref="CommandId"/> again is answered with the first answer; a refusal is not
/// remembered. Texts are 1-<see cref="TextMax"/> characters, checked by the gateway.
/// </summary>
[GenerateSerializer, Immutable, Alias("IncidentCommand")]
public abstract record IncidentCommand([property: Id(0)] Guid CommandId, [property: Id(1)] Actor By) : ICommand
{
    /// <summary>Longest description, reason or result in characters (DESIGN "Bounds").</summary>
    public const int TextMax = 4_000;
}
