using GridMesh.Contracts.Clocks;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Visits;
using GridMesh.Grains.Facts;

namespace GridMesh.Grains.Visits;

/// <summary>A link and its visits of the latest period in which there were any.</summary>
/// <param name="Period">First day of that period as yyyyMMdd, 0 before the first visit.</param>
[GenerateSerializer, Alias("LinkLife")]
public sealed record LinkLife(
    [property: Id(0)] VisitLink Link, [property: Id(1)] int Period, [property: Id(2)] int Done,
    [property: Id(3)] DateTimeOffset? LastAt);

/// <summary>The fold of a grid's visit facts up to a version.</summary>
[GenerateSerializer, Alias("VisitSnapshot")]
public sealed record VisitSnapshot : IFoldSnapshot
{
    [Id(0)] public long Version { get; init; }

    [Id(1)] public ImmutableArray<LinkLife> Links { get; init; } = [];
}

/// <summary>How often a kind is due, and in which period a moment lies.</summary>
public static class VisitPlan
{
    /// <summary>Visits of a period.</summary>
    public static int Needed(VisitKind kind) => kind == VisitKind.Party ? 3 : 1;

    /// <summary>First day of the period, China time.</summary>
    public static DateOnly PeriodOf(VisitKind kind, DateTimeOffset at)
    {
        var day = ChinaTime.Day(at);
        var months = Months(kind);
        return new DateOnly(day.Year, day.Month - ((day.Month - 1) % months), 1);
    }

    public static DateOnly LastDay(VisitKind kind, DateOnly first) => first.AddMonths(Months(kind)).AddDays(-1);

    private static int Months(VisitKind kind) => kind == VisitKind.Party ? 1 : 2;
}

/// <summary>The visits of one grid, a fold of their facts. What is due follows from the day: nothing ticks.</summary>
public sealed class VisitFold(VisitSnapshot snapshot) : FactFold<VisitFact, VisitSnapshot>(snapshot.Version)
{
    private readonly Dictionary<string, LinkLife> _links = snapshot.Links.ToDictionary(life => life.Link.Id);

    public int Count => _links.Count;

    public LinkLife? Find(string link) => _links.GetValueOrDefault(link);

    /// <summary>A household has one link of a kind: whose it is, is clear.</summary>
    public bool IsLinked(VisitKind kind, BuildingCode building, string household) => _links.Values.Any(life =>
        life.Link.Kind == kind && life.Link.Building == building && life.Link.Household == household);

    public int HouseholdsOf(string visitor) =>
        _links.Values.Count(life => life.Link.Kind == VisitKind.Party && life.Link.Visitor == visitor);

    public VisitView ViewOf(LinkLife life, DateTimeOffset now)
    {
        var first = VisitPlan.PeriodOf(life.Link.Kind, now);
        return new VisitView(
            life.Link, ChinaTime.NumberOf(first), ChinaTime.NumberOf(VisitPlan.LastDay(life.Link.Kind, first)),
            VisitPlan.Needed(life.Link.Kind), life.Period == ChinaTime.NumberOf(first) ? life.Done : 0, life.LastAt);
    }

    public IEnumerable<VisitView> Views(DateTimeOffset now) => _links.Values.Select(life => ViewOf(life, now))
        .OrderByDescending(view => view.Needed - view.Done).ThenBy(view => view.LastAt ?? DateTimeOffset.MinValue)
        .ThenBy(view => view.Link.Id, StringComparer.Ordinal);

    public override IEnumerable<FoldPart> PartsAt(DateTimeOffset now) => _links.Values.Select(life => FoldPart.Of(
        $"link {life.Link.Id}", $"{life.Done} visits since {life.Period}", life));

    public override VisitSnapshot ToSnapshot() => new() { Version = Version, Links = [.. _links.Values] };

    protected override void Fold(VisitFact fact)
    {
        switch (fact)
        {
            case HouseholdLinked linked:
                _links[linked.Link.Id] = new LinkLife(linked.Link, 0, 0, null);
                break;
            case LinkEnded ended:
                _links.Remove(ended.Link);
                break;
            case HouseholdVisited visited when Find(visited.Link) is { } life:
                var period = ChinaTime.NumberOf(VisitPlan.PeriodOf(life.Link.Kind, visited.At));
                _links[visited.Link] = life with
                {
                    Period = period,
                    Done = life.Period == period ? life.Done + 1 : 1,
                    LastAt = visited.At,
                };
                break;
        }
    }
}
