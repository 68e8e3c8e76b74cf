using System.Text.Json;
using GridMesh.Contracts.Care;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Json;
using GridMesh.Contracts.Patrols;
using GridMesh.Contracts.Reviews;
using GridMesh.Contracts.Services;
using GridMesh.Contracts.Storage;
using GridMesh.Contracts.Visits;
using GridMesh.Contracts.Workers;
using GridMesh.Grains.Areas;
using GridMesh.Grains.Buildings;
using GridMesh.Grains.Care;
using GridMesh.Grains.Facts;
using GridMesh.Grains.Grids;
using GridMesh.Grains.Incidents;
using GridMesh.Grains.Patrols;
using GridMesh.Grains.Reviews;
using GridMesh.Grains.Services;
using GridMesh.Grains.Subscriptions;
using GridMesh.Grains.Visits;
using GridMesh.Grains.Workers;

namespace GridMesh.Grains;

/// <summary>
/// All kinds of grains. Where they live, what of them crosses processes, and how their facts are replayed and counted
/// anew is read here, so that a new kind is one row; a test finds one that has none.
/// </summary>
public static class GrainKinds
{
    public static readonly GrainKind Incident = new("incident", typeof(IncidentGrain))
    {
        Facts = typeof(IncidentFact), HasIndices = true,
    };

    public static readonly GrainKind Grid = new("grid", typeof(GridGrain)) { StaysAwake = true };

    public static readonly GrainKind Area = new("area", typeof(AreaGrain)) { StaysAwake = true };

    public static readonly GrainKind Building = new("building", typeof(BuildingGrain));

    public static readonly GrainKind Worker = new("worker", typeof(WorkerGrain))
    {
        Facts = typeof(WorkerFact), Prefix = "worker:",
    };

    public static readonly GrainKind Patrol = new("patrol", typeof(PatrolGrain))
    {
        Facts = typeof(PatrolFact), Prefix = "patrol:", HasIndices = true,
        Fold = FoldOf<PatrolSnapshot>(snapshot => new PatrolFold(snapshot)),
    };

    public static readonly GrainKind Care = new("care", typeof(CareGrain))
    {
        Facts = typeof(CareFact), Prefix = "care:",
        Fold = FoldOf<CareSnapshot>(snapshot => new CareFold(snapshot)),
    };

    public static readonly GrainKind Visit = new("visit", typeof(VisitGrain))
    {
        Facts = typeof(VisitFact), Prefix = "visit:",
        Fold = FoldOf<VisitSnapshot>(snapshot => new VisitFold(snapshot)),
    };

    public static readonly GrainKind Service = new("service", typeof(ServiceGrain))
    {
        Facts = typeof(ServiceFact), Prefix = "service:",
        Fold = FoldOf<ServiceSnapshot>(snapshot => new ServiceFold(snapshot)),
    };

    public static readonly GrainKind Review = new("review", typeof(ReviewGrain))
    {
        Facts = typeof(ReviewFact), Prefix = "review:",
        Fold = FoldOf<ReviewSnapshot>(snapshot => new ReviewFold(snapshot)),
    };

    /// <summary>A subscription is told of many communities: it lives anywhere.</summary>
    public static readonly GrainKind Subscription = new("subscription", typeof(SubscriptionGrain))
    {
        LivesByArea = false,
    };

    public static readonly ImmutableArray<GrainKind> All =
        [Incident, Grid, Area, Building, Worker, Patrol, Care, Visit, Service, Review, Subscription];

    private static readonly ImmutableArray<GrainKind> s_prefixed = [.. All.Where(kind => kind.Prefix.Length > 0)];

    /// <summary>Who writes to a stream; null where nobody does.</summary>
    public static GrainKind? OfStream(string stream)
    {
        foreach (var kind in s_prefixed)
        {
            if (stream.StartsWith(kind.Prefix, StringComparison.Ordinal))
                return kind;
        }

        return CaseNumber.TryParse(stream, out _, out _) ? Incident : null;
    }

    private static Func<StateRow?, IFactFold> FoldOf<TSnapshot>(Func<TSnapshot, IFactFold> open)
        where TSnapshot : class, IFoldSnapshot, new() => row => open(
            (row is { } kept ? JsonSerializer.Deserialize<TSnapshot>(kept.Payload.Span, MeshJson.Compact) : null)
            ?? new TSnapshot());
}
