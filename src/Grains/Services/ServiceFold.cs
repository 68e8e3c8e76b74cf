using GridMesh.Contracts.Facts;
using GridMesh.Contracts.Services;
using GridMesh.Grains.Facts;

namespace GridMesh.Grains.Services;

/// <summary>The fold of a grid's service facts up to a version.</summary>
[GenerateSerializer, Alias("ServiceSnapshot")]
public sealed record ServiceSnapshot : IFoldSnapshot
{
    [Id(0)] public long Version { get; init; }

    /// <summary>Oldest first.</summary>
    [Id(1)] public ImmutableArray<ServiceView> Services { get; init; } = [];

    [Id(2)] public int Done { get; init; }

    [Id(3)] public int Declined { get; init; }

    [Id(4)] public int Withdrawn { get; init; }

    [Id(5)] public ImmutableArray<MatterCount> ByMatter { get; init; } = [];
}

/// <summary>
/// The services of one grid, a fold of their facts. What is late follows from the moment: nothing ticks.
/// </summary>
public sealed class ServiceFold(ServiceSnapshot snapshot) : FactFold<ServiceFact, ServiceSnapshot>(snapshot.Version)
{
    private readonly Dictionary<string, ServiceView> _services =
        snapshot.Services.ToDictionary(view => view.Request.Id);

    private readonly SortedDictionary<string, int> _byMatter = new(
        snapshot.ByMatter.ToDictionary(count => count.Matter, count => count.Asked), StringComparer.Ordinal);

    private int _over = snapshot.Services.Count(view => !view.State.IsOpen());
    private int _done = snapshot.Done;
    private int _declined = snapshot.Declined;
    private int _withdrawn = snapshot.Withdrawn;

    public int Open => _services.Count - _over;

    public ServiceView? Find(string service) => _services.GetValueOrDefault(service);

    public int OpenOf(string phone) =>
        _services.Values.Count(view => view.State.IsOpen() && view.Request.Phone == phone);

    public IEnumerable<ServiceView> Of(ServiceState? state) => _services.Values
        .Where(view => state is null || view.State == state)
        .OrderBy(view => view.AskedAt).ThenBy(view => view.Request.Id, StringComparer.Ordinal);

    public ServiceBoard BoardAt(DateTimeOffset now) => new(
        Count(ServiceState.Asked), Count(ServiceState.Taken), Count(ServiceState.DocumentsNeeded),
        _services.Values.Count(view => view.IsOverdue(now)), _done, _declined, _withdrawn, ByMatter());

    public override IEnumerable<FoldPart> PartsAt(DateTimeOffset now) =>
    [
        .. _services.Values.Select(view => FoldPart.Of($"service {view.Request.Id}", $"{view.State}", view)),
        .. _byMatter.Select(pair => new FoldPart($"matter {pair.Key}", $"{pair.Value}")),
        new FoldPart("services over", $"{_done} done, {_declined} declined, {_withdrawn} withdrawn"),
    ];

    public override ServiceSnapshot ToSnapshot() => new()
    {
        Version = Version, Services = [.. Of(null)], Done = _done, Declined = _declined, Withdrawn = _withdrawn,
        ByMatter = ByMatter(),
    };

    protected override void Fold(ServiceFact fact)
    {
        if (fact is ServiceAsked asked)
        {
            _services[asked.Service] = new ServiceView(
                asked.Request, ServiceState.Asked, asked.By, asked.At, asked.Due, asked.At, null, null, null);
            _byMatter[asked.Request.Matter] = _byMatter.GetValueOrDefault(asked.Request.Matter) + 1;
        }
        else if (fact is ServiceErased)
        {
            Erase(fact.Service);
        }
        else if (Find(fact.Service) is { } before)
        {
            var after = After(before, fact) with { UpdatedAt = fact.At };
            _services[fact.Service] = after;
            if (before.State.IsOpen() && !after.State.IsOpen())
                End(after);
        }
    }

    private static ServiceView After(ServiceView view, ServiceFact fact) => fact switch
    {
        ServiceTaken e => view with { State = ServiceState.Taken, Holder = e.Holder, Text = null },
        DocumentsAsked e => view with { State = ServiceState.DocumentsNeeded, Text = e.Text },
        DocumentsCame => view with { State = ServiceState.Taken, Text = null },
        ServiceDone e => view with { State = ServiceState.Done, Text = e.Text },
        ServiceDeclined e => view with { State = ServiceState.Declined, Text = e.Text },
        ServiceWithdrawn => view with { State = ServiceState.Withdrawn, Text = null },
        ServiceRated e => view with { State = ServiceState.Rated, Score = e.Score },
        _ => throw new InvalidOperationException($"no fold for {fact.GetType().Name}"),
    };

    /// <summary>As its facts are read from now on.</summary>
    private void Erase(string service)
    {
        if (Find(service) is { } view)
        {
            _services[service] = view with
            {
                AskedBy = Erased.Text,
                Text = view.Text is null ? null : Erased.Text,
                Request = view.Request with
                {
                    Name = Erased.Text,
                    Phone = Erased.Text,
                    Address = view.Request.Address is null ? null : Erased.Text,
                    Text = view.Request.Text is null ? null : Erased.Text,
                },
            };
        }
    }

    private void End(ServiceView view)
    {
        _done += view.State == ServiceState.Done ? 1 : 0;
        _declined += view.State == ServiceState.Declined ? 1 : 0;
        _withdrawn += view.State == ServiceState.Withdrawn ? 1 : 0;
        if (++_over > ServiceRequest.OverMax)
        {
            // The one of which nothing was heard for longest, which is the same one after the fold was kept.
            var oldest = _services.Values.Where(one => !one.State.IsOpen())
                .OrderBy(one => one.UpdatedAt).ThenBy(one => one.Request.Id, StringComparer.Ordinal).First();
            _services.Remove(oldest.Request.Id);
            _over--;
        }
    }

    private int Count(ServiceState state) => _services.Values.Count(view => view.State == state);

    private ImmutableArray<MatterCount> ByMatter() =>
        [.. _byMatter.Select(pair => new MatterCount(pair.Key, pair.Value))];
}
