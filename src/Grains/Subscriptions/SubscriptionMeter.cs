using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace GridMesh.Grains.Subscriptions;

/// <summary>What becomes of messages to subscribers, over all subscriptions that live in this process.</summary>
internal static class SubscriptionMeter
{
    public const string Name = "GridMesh.Subscriptions";

    private static readonly Meter s_meter = new(Name);
    private static readonly ConcurrentDictionary<string, double> s_lags = new(StringComparer.Ordinal);

    public static readonly Counter<long> Delivered = s_meter.CreateCounter<long>("gridmesh.webhooks.delivered");

    /// <summary>Attempts that failed.</summary>
    public static readonly Counter<long> Failed = s_meter.CreateCounter<long>("gridmesh.webhooks.failed");

    public static readonly Counter<long> Dead = s_meter.CreateCounter<long>("gridmesh.webhooks.dead");

    private static readonly ObservableGauge<double> s_lag = s_meter.CreateObservableGauge(
        "gridmesh.webhooks.lag", () => s_lags.Values.DefaultIfEmpty().Max(), "s");

    public static void Lag(string subscription, double seconds) => s_lags[subscription] = seconds;

    public static void Gone(string subscription) => s_lags.TryRemove(subscription, out _);

    /// <summary>Makes the gauge known; a field that nobody reads is never made.</summary>
    public static void Start() => _ = s_lag;
}
