using GridMesh.Load.Clients;
using GridMesh.Load.Clients.Lanes;
using GridMesh.Load.Fleets;
using GridMesh.Load.Measuring;

namespace GridMesh.Load.People;

/// <summary>
/// Who watches: for each district its command centre, which looks out for every card, its towns' walls, and phones in
/// the field on their own grid.
/// </summary>
internal sealed class Onlookers : IAsyncDisposable
{
    private readonly List<Wall> _centres = [];
    private Fleet? _others;

    /// <summary>Frames that did not fit what a client held, on any of them.</summary>
    public long Gaps => _centres.Sum(wall => wall.Gaps) + (_others?.Tally.Gaps ?? 0);

    /// <summary>Frames that reached anybody.</summary>
    public long Frames => _centres.Sum(wall => (long)wall.Frames) + (_others?.Tally.Frames ?? 0);

    public int Count => _centres.Count + (_others?.Clients.Count ?? 0);

    /// <exception cref="InvalidOperationException">Not all of them came.</exception>
    public static async Task<Onlookers> ComeAsync(
        Uri url, IReadOnlyList<PeopleDistrict> districts, int phones, LanePool lanes, Appearances cards, TimeProvider time,
        CancellationToken cancellation)
    {
        var onlookers = new Onlookers();
        try
        {
            var tokens = new Dictionary<string, string>();
            foreach (var district in districts)
            {
                tokens[district.Code] = await Tokens.GetAsync(lanes, "viewer", district.Code, null, cancellation);
                onlookers._centres.Add(await Wall.WatchAsync(
                    url, tokens[district.Code], district.Code, time, (id, _) => cards.See(id)));
            }

            AreaLog[] areas =
            [
                .. districts.SelectMany(district => district.Towns
                    .Concat(Enumerable.Range(0, phones).Select(i => district.Grids[i * district.Grids.Count / Math.Max(1, phones)])))
                    .Select(code => new AreaLog(code)),
            ];
            var context = new FleetContext(
                url, code => $"/hubs/mesh?access_token={tokens[code[..6]]}", areas.Length, time);
            onlookers._others = new Fleet(context, number => areas[number], areas.Length, _ => false, time);
            var come = await onlookers._others.ComeAsync(cancellation);
            return come == areas.Length
                ? onlookers
                : throw new InvalidOperationException($"only {come} of {areas.Length} walls and phones came");
        }
        catch
        {
            await onlookers.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var wall in _centres)
        {
            await wall.DisposeAsync();
        }

        if (_others is not null)
        {
            await _others.DisposeAsync();
        }
    }
}
