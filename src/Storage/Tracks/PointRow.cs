using System.Data.Common;
using GridMesh.Contracts.Geo;
using GridMesh.Contracts.Storage;
using GridMesh.Storage.Databases;

namespace GridMesh.Storage.Tracks;

/// <summary>A row of the track as either database answers it.</summary>
internal static class PointRow
{
    /// <summary>Of worker, time, longitude, latitude, accuracy.</summary>
    public static TrackPoint Read(DbDataReader row) => new(
        row.GetString(0), row.Time(1), new GeoPoint(row.GetDouble(2), row.GetDouble(3)),
        row.IsDBNull(4) ? null : row.GetFloat(4));
}
