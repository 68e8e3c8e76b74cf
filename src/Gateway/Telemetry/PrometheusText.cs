using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace GridMesh.Gateway.Telemetry;

/// <summary>
/// The process's meters in the Prometheus text format 0.0.4. Histograms are exposed as count and sum. The exporter
/// packages do not restore in every registry, and this is all that <c>/metrics</c> needs.
/// </summary>
internal sealed class PrometheusText : IDisposable
{
    /// <summary>Most time series kept; later ones are counted and left out.</summary>
    public const int SeriesMax = 2_000;

    private static readonly string[] s_meters =
    [
        "GridMesh.", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.Orleans",
        "System.Runtime",
    ];

    private readonly ConcurrentDictionary<(Instrument Instrument, string Tags), Series> _series = new();
    private readonly MeterListener _listener = new();

    public PrometheusText()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (s_meters.Any(meter => instrument.Meter.Name.StartsWith(meter, StringComparison.Ordinal)))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((i, value, tags, _) => Record(i, value, tags));
        _listener.SetMeasurementEventCallback<int>((i, value, tags, _) => Record(i, value, tags));
        _listener.SetMeasurementEventCallback<double>((i, value, tags, _) => Record(i, value, tags));
        _listener.Start();
    }

    public string Render()
    {
        _listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (var group in _series.GroupBy(entry => entry.Key.Instrument).OrderBy(group => group.Key.Name))
        {
            var name = NameOf(group.Key);
            var isHistogram = group.Key.GetType().Name.StartsWith("Histogram", StringComparison.Ordinal);
            text.Append("# TYPE ").Append(name).Append(' ').AppendLine(
                isHistogram ? "summary" : IsCounter(group.Key) ? "counter" : "gauge");
            foreach (var ((_, tags), series) in group)
            {
                var (count, sum, last) = series.Read();
                if (isHistogram)
                {
                    Line(text, name + "_count", tags, count);
                    Line(text, name + "_sum", tags, sum);
                }
                else
                {
                    Line(text, name, tags, IsAbsolute(group.Key) ? last : sum);
                }
            }
        }

        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();

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

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
        {
            return string.Empty;
        }

        var text = new StringBuilder("{");
        foreach (var (key, value) in tags)
        {
            var spoken = Convert.ToString(value, CultureInfo.InvariantCulture)?
                .Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n");
            text.Append(text.Length > 1 ? "," : string.Empty).Append(key.Replace('.', '_').Replace('-', '_'))
                .Append("=\"").Append(spoken).Append('"');
        }

        return text.Append('}').ToString();
    }

    private void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var key = (instrument, Labels(tags));
        if (_series.TryGetValue(key, out var series)
            || (_series.Count < SeriesMax && (series = _series.GetOrAdd(key, _ => new Series())) is not null))
        {
            series.Record(value);
        }
    }

    private sealed class Series
    {
        private readonly Lock _gate = new();
        private long _count;
        private double _sum;
        private double _last;

        public void Record(double value)
        {
            lock (_gate)
            {
                _count++;
                _sum += value;
                _last = value;
            }
        }

        public (long Count, double Sum, double Last) Read()
        {
            lock (_gate)
            {
                return (_count, _sum, _last);
            }
        }
    }
}
