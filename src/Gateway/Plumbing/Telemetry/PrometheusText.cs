using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace GridMesh.Gateway.Plumbing.Telemetry;

/// <summary>
/// The process's meters in the Prometheus text format 0.0.4. Histograms are exposed as count and sum. The exporter
/// packages do not restore in every registry, and this is all that <c>/metrics</c> needs.
/// </summary>
internal sealed class PrometheusText : IDisposable
{
    /// <summary>
    /// Most time series kept of the product's own meters, and as many of the others; later ones are left out until
    /// the meter of some is gone.
    /// </summary>
    public const int SeriesMax = 1_000;

    private const string Own = "GridMesh.";

    private static readonly string[] s_meters =
    [
        Own, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.Orleans",
        "System.Runtime",
    ];

    private readonly ConcurrentDictionary<MeterFamily, byte> _families = [];
    private readonly MeterListener _listener = new();
    private readonly SeriesRoom _ownRoom = new(SeriesMax);
    private readonly SeriesRoom _othersRoom = new(SeriesMax);

    public PrometheusText()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (s_meters.Any(meter => instrument.Meter.Name.StartsWith(meter, StringComparison.Ordinal)))
            {
                var isOwn = instrument.Meter.Name.StartsWith(Own, StringComparison.Ordinal);
                var family = new MeterFamily(instrument, isOwn ? _ownRoom : _othersRoom);
                _families.TryAdd(family, 0);
                listener.EnableMeasurementEvents(instrument, family);
            }
        };
        _listener.MeasurementsCompleted = (_, family) => Forget(family);
        _listener.SetMeasurementEventCallback<long>((_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, family) => Record(family, value, tags));
        _listener.Start();
    }

    public string Render()
    {
        _listener.RecordObservableInstruments();
        var text = new StringBuilder();

        // Several instruments may have one name (Orleans has one for each stream queue); it is told once.
        foreach (var group in _families.Keys.Where(family => family.Series.Any())
            .GroupBy(family => NameOf(family.Instrument)).OrderBy(group => group.Key))
        {
            var name = group.Key;
            var instrument = group.First().Instrument;
            var isHistogram = instrument.GetType().Name.StartsWith("Histogram", StringComparison.Ordinal);
            text.Append("# TYPE ").Append(name).Append(' ').AppendLine(
                isHistogram ? "summary" : IsCounter(instrument) ? "counter" : "gauge");
            foreach (var series in group.SelectMany(family => family.Series))
            {
                var (count, sum, last) = series.Read();
                var tags = series.Labels;
                if (isHistogram)
                {
                    Line(text, name + "_count", tags, count);
                    Line(text, name + "_sum", tags, sum);
                }
                else
                {
                    Line(text, name, tags, IsAbsolute(instrument) ? last : sum);
                }
            }
        }

        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();

    /// <summary>The meter is gone, with the host that it counted for: others take its room.</summary>
    private void Forget(object? family)
    {
        if (family is MeterFamily gone && _families.TryRemove(gone, out _))
        {
            gone.Dispose();
        }
    }

    private static bool IsCounter(Instrument instrument) =>
        instrument.GetType().Name.Contains("Counter", StringComparison.Ordinal)
        && !instrument.GetType().Name.Contains("UpDown", StringComparison.Ordinal);

    /// <summary>Observed values and gauges are readings; the other instruments record changes.</summary>
    private static bool IsAbsolute(Instrument instrument) =>
        instrument.IsObservable || instrument.GetType().Name.StartsWith("Gauge", StringComparison.Ordinal);

    private static string NameOf(Instrument instrument)
    {
        var name = instrument.Name.Replace('.', '_').Replace('-', '_');
        return IsCounter(instrument) && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
    }

    private static void Line(StringBuilder text, string name, string tags, double value)
    {
        text.Append(name).Append(tags).Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture))
            .Append('\n');
    }

    private static void Record(object? family, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        ((MeterFamily)family!).Record(value, tags);
}
