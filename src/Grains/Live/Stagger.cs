using System.Globalization;
using GridMesh.Contracts.Codes;

namespace GridMesh.Grains.Live;

/// <summary>
/// Each area's own place in a period. Areas wake together when a silo starts; what they do every so often they would
/// otherwise do all at once for ever.
/// </summary>
internal readonly record struct Stagger
{
    /// <summary>The golden ratio, as a part of 2^64: multiples of it lie far from each other.</summary>
    private const ulong Ratio = 0x9E37_79B9_7F4A_7C15;

    /// <summary>Few, so that a simulated clock has few moments at which to stop.</summary>
    private const int Phases = 5;

    private readonly double _share;

    private Stagger(double share) => _share = share;

    public static Stagger Of(AreaCode code) =>
        new((ulong.Parse(code.Value, CultureInfo.InvariantCulture) * Ratio >> 11) / (double)(1UL << 53));

    /// <summary>
    /// How long the first beat is waited for: a whole one, as others still wake meanwhile, and some fifths of it.
    /// </summary>
    public TimeSpan First(TimeSpan beat) => beat * (1 + (Math.Floor(_share * Phases) / Phases));

    /// <summary>How much of the first period counts as over.</summary>
    public TimeSpan Over(TimeSpan period) => period * (_share * Phases % 1);
}
