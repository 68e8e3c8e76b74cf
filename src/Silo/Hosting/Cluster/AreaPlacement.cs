using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using GridMesh.Grains;
using Orleans.Metadata;
using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace GridMesh.Silo.Hosting.Cluster;

/// <summary>Puts a grain where its community lives (<see cref="AreaPlaces"/>).</summary>
[Serializable, GenerateSerializer, Immutable, SuppressReferenceTracking, Alias("AreaPlacement")]
internal sealed class AreaPlacement : PlacementStrategy
{
    public static readonly AreaPlacement Instance = new();
}

internal sealed class AreaPlacementDirector(AreaPlaces places) : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(
        PlacementStrategy strategy, PlacementTarget target, IPlacementContext context) =>
        Task.FromResult(places.Choose(target.GrainIdentity, context.GetCompatibleSilos(target)));
}

/// <summary>Says it of our grains, so that their classes need not know of placement.</summary>
internal sealed class AreaPlacementResolver : IPlacementStrategyResolver
{
    private static readonly FrozenSet<string> s_byArea =
        GrainKinds.All.Where(kind => kind.LivesByArea).Select(kind => kind.Name).ToFrozenSet();

    public bool TryResolvePlacementStrategy(
        GrainType grainType, GrainProperties? properties, [MaybeNullWhen(false)] out PlacementStrategy result)
    {
        result = s_byArea.Contains(grainType.ToString()!) ? AreaPlacement.Instance : null;
        return result is not null;
    }
}
