using System.Text;
using GridMesh.Contracts.Directory;
using Orleans.Runtime;

namespace GridMesh.Silo.Hosting.Cluster;

/// <summary>
/// Which silo a grain belongs on. Everything of a community (its grids, their buildings, cases and workers) shares one
/// place, so the many calls between them stay in one process and what climbs from community to town is all that crosses
/// the network. Communities are spread by rendezvous hashing: every process computes the same answer from the list of
/// silos, and a silo that comes or goes moves only its own share.
/// </summary>
internal sealed class AreaPlaces(IDirectory directory)
{
    private const int CommunityDigits = 12;

    /// <summary>What hashes together: the community of the grain, or the area above it, or just the key.</summary>
    public string PlaceOf(GrainId grain)
    {
        var key = grain.Key.ToString()!;
        if (directory.Current.Workers.TryGetValue(key, out var worker))
            key = worker.Grid.Value;

        var digits = 0;
        while (digits < key.Length && char.IsAsciiDigit(key[digits]))
            digits++;

        return digits >= CommunityDigits ? key[..CommunityDigits] : key;
    }

    /// <summary>The silo with the highest weight for the place; equal ones by their order.</summary>
    public static SiloAddress Choose(string place, IReadOnlyList<SiloAddress> silos)
    {
        var best = silos[0];
        var highest = Weight(place, best);
        for (var i = 1; i < silos.Count; i++)
        {
            var weight = Weight(place, silos[i]);
            if (weight > highest || (weight == highest && silos[i].CompareTo(best) < 0))
                (best, highest) = (silos[i], weight);
        }

        return best;
    }

    public SiloAddress Choose(GrainId grain, IReadOnlyList<SiloAddress> silos) => Choose(PlaceOf(grain), silos);

    /// <summary>
    /// FNV-1a over place and address, then the finaliser of MurmurHash3, without which close addresses would give close
    /// weights. The generation is left out: a silo that restarts at its address takes the share that it had.
    /// </summary>
    private static ulong Weight(string place, SiloAddress silo)
    {
        const ulong Offset = 14_695_981_039_346_656_037;
        const ulong Prime = 1_099_511_628_211;
        var hash = Offset;
        foreach (var b in Encoding.UTF8.GetBytes($"{place}@{silo.Endpoint}"))
            hash = (hash ^ b) * Prime;

        hash ^= hash >> 33;
        hash *= 0xff51afd7ed558ccd;
        hash ^= hash >> 33;
        hash *= 0xc4ceb9fe1a85ec53;
        return hash ^ (hash >> 33);
    }
}
