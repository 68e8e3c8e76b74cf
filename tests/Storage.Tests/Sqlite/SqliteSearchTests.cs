using System.Data.Common;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Storage;
using GridMesh.Storage.Cases;
using GridMesh.Storage.Databases;
using GridMesh.Storage.Sqlite;
using GridMesh.Storage.Tests.Support;

namespace GridMesh.Storage.Tests.Sqlite;

public sealed class SqliteSearchTests
{
    [Theory(DisplayName = "[ST27] a search for open or overdue cases of a district or town reads the index of open cases only")]
    [InlineData("450105", Step.Handling, null, true)]
    [InlineData("450105001", Step.Reported, null, true)]
    [InlineData("450105", null, true, true)]
    [InlineData("450105", Step.Closed, null, false)]
    [InlineData("450105", null, false, false)]
    [InlineData("450105001001001", Step.Handling, null, false)]
    public async Task Plan(string area, Step? step, bool? overdue, bool isByOpen)
    {
        await using var place = new SqlitePlace();
        await using var store = await place.OpenAsync();
        using var connection = SqliteConnections.OpenReader(Path.Combine(place.Folder, "gridmesh.db"));
        var database = new SqliteDatabase(new StorageOptions { DataFolder = place.Folder }, TimeProvider.System);
        var query = new CaseQuery(AreaCode.Parse(area), step, null, overdue);
        await using var command = CaseSearch.Command(database, connection, query, 50, null);
        command.CommandText = $"EXPLAIN QUERY PLAN {command.CommandText}";
        var plan = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            plan.Add(reader.GetString(3));
        string.Join('|', plan).Contains("cases_open", StringComparison.Ordinal).ShouldBe(isByOpen, string.Join('|', plan));
    }
}
