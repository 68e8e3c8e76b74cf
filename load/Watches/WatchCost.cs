using GridMesh.Load.Reports;

namespace GridMesh.Load.Watches;

/// <summary>What a product used while the same doors opened.</summary>
/// <param name="Cpu">Percent of a core.</param>
/// <param name="Memory">Bytes that are held after collections; null where the process cannot be told to collect.</param>
internal sealed record DoorsPart(double Cpu, double? Memory);

/// <summary>Judges what watches cost between their events: the product with them beside the product without, in one run.</summary>
internal sealed record WatchCost(DoorsPart Without, DoorsPart With, int Watches)
{
    /// <summary>A tenth more is what two runs of the same differ by.</summary>
    private const double CpuTimesMax = 1.1;

    /// <summary>Percent of a core: where next to nothing is used, a ratio says nothing.</summary>
    private const double CpuMoreMax = 1;

    private const double BytesMax = 2_000;

    /// <summary>Processor time with watches, as a share of that without.</summary>
    public double CpuTimes => With.Cpu / Without.Cpu;

    public double? MemoryTimes => With.Memory / Without.Memory;

    public double? BytesEach => (With.Memory - Without.Memory) / Watches;

    public IReadOnlyList<Figure> Figures =>
    [
        new Figure("processor without watches", Without.Cpu, "% of a core"),
        new Figure("processor with watches", With.Cpu, "% of a core"),
        new Figure("processor, with / without", CpuTimes, ""),
        .. MemoryTimes is { } times
            ? (Figure[])[new Figure("memory, with / without", times, ""), new Figure("memory of a watch", BytesEach!.Value, "B")]
            : [],
    ];

    public IReadOnlyList<Verdict> Verdicts
    {
        get
        {
            var most = (Without.Cpu * CpuTimesMax) + CpuMoreMax;
            return
            [
                new Verdict(
                    "processor with watches", $"<= {CpuTimesMax} x without + {CpuMoreMax} % of a core", $"{With.Cpu:F1} % ({most:F1} % allowed)",
                    With.Cpu <= most),
                .. BytesEach is { } bytes
                    ? (Verdict[])[new Verdict("memory of a watch", $"<= {BytesMax} B", $"{bytes:F0} B", bytes <= BytesMax)]
                    : [],
            ];
        }
    }
}
