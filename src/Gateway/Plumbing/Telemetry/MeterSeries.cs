using System.Globalization;
using System.Text;

namespace GridMesh.Gateway.Plumbing.Telemetry;

/// <summary>One time series: what was measured under the same tags.</summary>
internal sealed class MeterSeries(KeyValuePair<string, object?>[] tags)
{
    private readonly Lock _gate = new();
    private long _count;
    private double _sum;
    private double _last;

    /// <summary>The tags as Prometheus writes them; empty where there are none.</summary>
    public string Labels { get; } = LabelsOf(tags);

    public bool Has(ReadOnlySpan<KeyValuePair<string, object?>> others)
    {
        if (others.Length != tags.Length)
        {
            return false;
        }

        for (var i = 0; i < tags.Length; i++)
        {
            if (tags[i].Key != others[i].Key || !Equals(tags[i].Value, others[i].Value))
            {
                return false;
            }
        }

        return true;
    }

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

    private static string LabelsOf(KeyValuePair<string, object?>[] tags)
    {
        if (tags.Length == 0)
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
}
