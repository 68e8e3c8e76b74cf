namespace GridMesh.Load.Runner.Contracts.Stats;

/// <summary>Figures of what ended alike, well or badly.</summary>
public sealed record MeasurementStats
{
    public RequestStats Request { get; init; } = new();

    public LatencyStats Latency { get; init; } = new();

    public DataTransferStats DataTransfer { get; init; } = new();

    public StatusCodeStats[] StatusCodes { get; init; } = [];
}

public sealed record RequestStats
{
    public int Count { get; init; }

    /// <summary>A second, over the whole run or the interval.</summary>
    public double RPS { get; init; }

    /// <summary>Share of all, well or badly, rounded.</summary>
    public int Percent { get; init; }
}

/// <summary>Milliseconds. Percentiles are never too low and at most 1/128 too high; least and most are exact over a run.</summary>
public sealed record LatencyStats
{
    public double MinMs { get; init; }

    public double MeanMs { get; init; }

    public double MaxMs { get; init; }

    public double Percent50 { get; init; }

    public double Percent75 { get; init; }

    public double Percent95 { get; init; }

    public double Percent99 { get; init; }

    public double StdDev { get; init; }

    public LatencyCount LatencyCount { get; init; } = new();
}

/// <summary>How many were how slow, in milliseconds.</summary>
public sealed record LatencyCount
{
    public int LessOrEq800 { get; init; }

    public int More800Less1200 { get; init; }

    public int MoreOrEq1200 { get; init; }
}

/// <summary>Bytes, of those whose size was told.</summary>
public sealed record DataTransferStats
{
    public long MinBytes { get; init; }

    public long MeanBytes { get; init; }

    public long MaxBytes { get; init; }

    public long Percent50 { get; init; }

    public long Percent75 { get; init; }

    public long Percent95 { get; init; }

    public long Percent99 { get; init; }

    public double StdDev { get; init; }

    public long AllBytes { get; init; }
}

public sealed record StatusCodeStats
{
    public string StatusCode { get; init; } = "";

    public bool IsError { get; init; }

    /// <summary>The first message that came with this code.</summary>
    public string Message { get; init; } = "";

    public int Count { get; init; }

    /// <summary>Share of all, well or badly, rounded.</summary>
    public int Percent { get; init; }
}
