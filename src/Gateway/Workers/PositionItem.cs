using GridMesh.Contracts.Geo;
using GridMesh.Contracts.Workers;

namespace GridMesh.Gateway.Workers;

/// <summary>One position as it was sent.</summary>
/// <param name="Worker">Null where it was missing.</param>
/// <param name="Report">Null where longitude, latitude or time was missing.</param>
/// <param name="Wrong">The first field that is missing or wrong; null where all of it is right.</param>
internal readonly record struct PositionItem(string? Worker, PositionReport? Report, string? Wrong)
{
    /// <summary>Largest radius that is taken, in metres.</summary>
    private const double AccuracyMax = 100_000;

    /// <param name="wrong">A field that could not even be read.</param>
    public static PositionItem Of(
        string? worker, double? lng, double? lat, DateTimeOffset? at, double? accuracy, string? wrong = null) => new(
        worker,
        lng is { } x && lat is { } y && at is { } time
            ? new PositionReport(new GeoPoint(x, y), time, accuracy)
            : null,
        wrong ?? (worker is null ? "worker"
            : lng is not (>= -180 and <= 180) ? "lng"
            : lat is not (>= -90 and <= 90) ? "lat"
            : at is null ? "at"
            : accuracy is null or (>= 0 and <= AccuracyMax) ? null
            : "accuracy"));
}
