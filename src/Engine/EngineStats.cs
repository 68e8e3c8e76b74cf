using System.Diagnostics.Metrics;

namespace GridMesh.Engine;

/// <summary>What the engine has done since it was made; also the meter <c>GridMesh.Engine</c>.</summary>
public sealed class EngineStats : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "GridMesh.Engine";

    private readonly Meter _meter = new(MeterName);
    private Func<IReadOnlyDictionary<string, int>> _activations = () => new Dictionary<string, int>();
    private Func<bool> _isIdle = () => true;

    public EngineStats()
    {
        _meter.CreateObservableCounter("gridmesh.engine.calls", () => Calls, "{call}");
        _meter.CreateObservableCounter("gridmesh.engine.refused", () => Refused, "{call}");
        _meter.CreateObservableCounter("gridmesh.engine.timeouts", () => Timeouts, "{call}");
        _meter.CreateObservableCounter("gridmesh.engine.turn_exceptions", () => TurnExceptions, "{turn}");
        _meter.CreateObservableCounter("gridmesh.engine.stream_drops", () => StreamDrops, "{item}");
        _meter.CreateObservableGauge("gridmesh.engine.activations", MeasureActivations, "{activation}");
    }

    /// <summary>Calls made, also those refused.</summary>
    public long Calls => CallCount.Sum;

    /// <summary>Calls and reminders refused: mailbox full, or the engine stopping.</summary>
    public long Refused => RefusedCount.Sum;

    /// <summary>Calls that had no answer within the call timeout.</summary>
    public long Timeouts => TimeoutCount.Sum;

    /// <summary>Turns that ended in an exception, whether or not somebody was waiting for them.</summary>
    public long TurnExceptions => TurnExceptionCount.Sum;

    /// <summary>
    /// Stream items that a subscriber did not get: its queue was full, it had no observer, or another item type.
    /// </summary>
    public long StreamDrops => StreamDropCount.Sum;

    /// <summary>Activations in memory now, by the name of their class.</summary>
    public IReadOnlyDictionary<string, int> Activations => _activations();

    /// <summary>
    /// No request runs or waits in any grain, none was made while it was looked, and every reminder waits for its
    /// clock: a simulation moves its clock only then. Looks at every activation.
    /// </summary>
    public bool IsIdle
    {
        get
        {
            var calls = Calls;
            return _isIdle() && _isIdle() && Calls == calls;
        }
    }

    internal StripedCounter CallCount { get; } = new();

    internal StripedCounter RefusedCount { get; } = new();

    internal StripedCounter TimeoutCount { get; } = new();

    internal StripedCounter TurnExceptionCount { get; } = new();

    internal StripedCounter StreamDropCount { get; } = new();

    public void Dispose() => _meter.Dispose();

    internal void CountActivationsWith(Func<IReadOnlyDictionary<string, int>> source, Func<bool> isIdle) =>
        (_activations, _isIdle) = (source, isIdle);

    private IEnumerable<Measurement<int>> MeasureActivations() => Activations.Select(
        pair => new Measurement<int>(pair.Value, new KeyValuePair<string, object?>("grain", pair.Key)));
}
