using System.Collections.Concurrent;
using GridMesh.Load.Runner.Contracts;

namespace GridMesh.Load.Runner.Measuring;

/// <summary>Takes what ended alike, well or badly, of a step or a scenario.</summary>
internal sealed class Measurement
{
    /// <summary>Most status codes that are told apart; the rest counts as <see cref="OtherCodes"/>.</summary>
    public const int StatusCodesMax = 100;

    public const string OtherCodes = "other";

    private readonly StripedHistogram _micros = new();
    private readonly Lazy<StripedHistogram> _bytes = new();
    private readonly ConcurrentDictionary<string, CodeCount> _codes = new();

    public void Record(IResponse response, long micros)
    {
        _micros.Record(response.CustomLatencyMs > 0 ? (long)(response.CustomLatencyMs * 1_000) : micros);
        if (response.SizeBytes > 0)
        {
            _bytes.Value.Record(response.SizeBytes);
        }

        if (response.StatusCode.Length > 0)
        {
            Count(response.StatusCode, response.Message);
        }
    }

    public MeasurementSnapshot Read() => new(
        _micros.Read(),
        _bytes.IsValueCreated ? _bytes.Value.Read() : HistogramSnapshot.Empty,
        _codes.ToDictionary(code => code.Key, code => (code.Value.Message, Interlocked.Read(ref code.Value.Count))));

    private void Count(string code, string message)
    {
        if (!_codes.TryGetValue(code, out var count))
        {
            count = _codes.GetOrAdd(_codes.Count < StatusCodesMax ? code : OtherCodes, static (_, text) => new CodeCount(text), message);
        }

        Interlocked.Increment(ref count.Count);
    }

    private sealed class CodeCount(string message)
    {
        public long Count;

        public string Message => message;
    }
}

/// <summary>A measurement at one moment.</summary>
internal sealed record MeasurementSnapshot(
    HistogramSnapshot Micros, HistogramSnapshot Bytes, IReadOnlyDictionary<string, (string Message, long Count)> Codes)
{
    public static readonly MeasurementSnapshot Empty =
        new(HistogramSnapshot.Empty, HistogramSnapshot.Empty, new Dictionary<string, (string, long)>());

    public MeasurementSnapshot Since(MeasurementSnapshot earlier) => new(
        Micros.Since(earlier.Micros),
        Bytes.Since(earlier.Bytes),
        Codes.Select(code => (code.Key, code.Value.Message, Count: code.Value.Count - earlier.Codes.GetValueOrDefault(code.Key).Count))
            .Where(code => code.Count > 0).ToDictionary(code => code.Key, code => (code.Message, code.Count)));
}
