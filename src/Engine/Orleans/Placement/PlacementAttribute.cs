using Orleans.Runtime;

namespace Orleans.Placement;

/// <summary>
/// Says where activations of a class live; in one process only stateless workers differ from the rest.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public abstract class PlacementAttribute : Attribute
{
    protected PlacementAttribute(PlacementStrategy placement)
    {
        ArgumentNullException.ThrowIfNull(placement);
        PlacementStrategy = placement;
    }

    public PlacementStrategy PlacementStrategy { get; private set; }
}
