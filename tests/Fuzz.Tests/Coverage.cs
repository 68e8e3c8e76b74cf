using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SharpFuzz;
using SharpFuzz.Common;

namespace GridMesh.Fuzz.Tests;

/// <summary>
/// Which ways through the code an input has taken. SharpFuzz writes a counter to every branch of the assemblies that
/// lie beside this one, before any of them is loaded; the next build copies them anew.
/// </summary>
internal static unsafe class Coverage
{
    public const int Places = 1 << 16;

    /// <summary>Ours, and the libraries that read for us.</summary>
    private static readonly string[] s_assemblies =
    [
        "GridMesh.Contracts", "GridMesh.Exchange", "GridMesh.Storage", "GridMesh.Gateway", "GridMesh.Silo", "CsvHelper",
        "Ical.Net", "NetTopologySuite.IO.GeoJSON4STJ",
    ];

    private static readonly byte* s_counts = (byte*)NativeMemory.AllocZeroed(Places);

    private static Span<byte> Counts => new(s_counts, Places);

    [ModuleInitializer]
    internal static void Begin()
    {
        Trace.SharedMem = s_counts;
        foreach (var name in s_assemblies)
        {
            try
            {
                Fuzzer.Instrument(
                    Path.Combine(AppContext.BaseDirectory, $"{name}.dll"),
                    type => !type.StartsWith("OrleansCodeGen", StringComparison.Ordinal), Options.Value);
            }
            catch (InstrumentationException)
            {
                // An earlier run has done it.
            }
        }
    }

    public static void Clear()
    {
        Counts.Clear();
        Trace.PrevLocation = 0;
    }

    /// <summary>
    /// Adds what the last input went through; how many edges of it are new, or were gone through more often than ever
    /// (1, 2, 4, 8 … times, as AFL counts).
    /// </summary>
    public static int AddTo(byte[] seen)
    {
        var (found, at) = (0, 0);
        while (Counts[at..].IndexOfAnyExcept((byte)0) is >= 0 and var next)
        {
            at += next;
            var most = (byte)(BitOperations.Log2(Counts[at]) + 1);
            if (most > seen[at])
                (seen[at], found) = (most, found + 1);

            at++;
        }

        return found;
    }
}
