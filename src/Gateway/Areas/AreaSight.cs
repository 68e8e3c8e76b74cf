using GridMesh.Contracts.Access;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;

namespace GridMesh.Gateway.Areas;

/// <summary>
/// What of an area's view some people see: all who see the same share one channel, so that a frame is made into bytes
/// once for each sight. Numbers are everybody's.
/// </summary>
/// <param name="Lines">Lines whose cases are seen, as bits; 0: all.</param>
/// <param name="SeesWork">Cards and workers are seen at all.</param>
internal readonly record struct AreaSight(int Lines, bool SeesWork)
{
    public static AreaSight Of(Actor me) => new(me.Lines.ToBits(), me.SeesWork());

    private bool SeesAll => SeesWork && Lines == 0;

    /// <summary>Tells the leases of one gateway apart.</summary>
    public override string ToString() => SeesAll ? "all" : SeesWork ? $"lines {Lines}" : "numbers";

    public AreaSnapshot Of(AreaSnapshot whole) =>
        SeesAll ? whole : whole with
        {
            Incidents = [.. whole.Incidents.Where(Sees)],
            Workers = SeesWork ? whole.Workers : [],
        };

    /// <summary>The numbering stays: a frame of which nothing is seen leads on all the same.</summary>
    /// <param name="model">What is shown so far: a case that is not among it does not leave it.</param>
    public AreaFrame Of(AreaFrame whole, AreaModel model) =>
        SeesAll ? whole : whole with
        {
            Incidents = whole.Incidents is { } changes && SeesWork
                ? new IncidentChanges([.. changes.Put.Where(Sees)], [.. changes.Gone.Where(model.Holds)])
                : null,
            Workers = SeesWork ? whole.Workers : null,
        };

    private bool Sees(IncidentCard card) => SeesWork && (Lines == 0 || (card.LineBits & Lines) != 0);
}
