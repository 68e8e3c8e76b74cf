using System.Data.Common;

namespace GridMesh.Storage.Kpis;

/// <summary>Writes sums, which each database does in its own way.</summary>
internal interface IKpiWriter
{
    /// <summary>
    /// Adds the sums to those in the tables, in the transaction that the connection is in. Hours that are not kept any
    /// more are left out, and taken away where a subject has them.
    /// </summary>
    void AddKpis(DbConnection connection, KpiSums sums);
}
