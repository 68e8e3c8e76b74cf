using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Storage;
using GridMesh.Storage.Cases;
using GridMesh.Storage.Databases;
using GridMesh.Storage.Sqlite;
using Microsoft.Extensions.Options;

namespace GridMesh.Storage.Tests.Sqlite;

public sealed class SqliteSearchTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gridmesh-sqlite-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory(DisplayName = "[ST27] a search for open or overdue cases of a district or town reads the index of open cases only")]
    [InlineData("450105", Step.Handling, null, true)]
    [InlineData("450105001", Step.Reported, null, true)]
    [InlineData("450105", null, true, true)]
    [InlineData("450105", Step.Closed, null, false)]
    [InlineData("450105", null, false, false)]
    [InlineData("450105001001001", Step.Handling, null, false)]
    public async Task Plan(string area, Step? step, bool? overdue, bool isByOpen)
    {
        using var storage = new MeshStorage(Options.Create(new StorageOptions { DataFolder = _folder.FullName }), TimeProvider.System);
        await storage.Admin.MigrateAsync(Token);
        using var connection = SqliteConnections.OpenReader(Path.Combine(_folder.FullName, "gridmesh.db"));
        var query = new CaseQuery(AreaCode.Parse(area), step, null, overdue);
        await using var command = CaseSearch.Command(storage.Database, connection, query, 50, null);
        command.CommandText = $"EXPLAIN QUERY PLAN {command.CommandText}";
        var plan = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(Token);
        while (await reader.ReadAsync(Token))
            plan.Add(reader.GetString(3));
        string.Join('|', plan).Contains("cases_open", StringComparison.Ordinal).ShouldBe(isByOpen, string.Join('|', plan));
    }

    [Theory(DisplayName = "[OP7] a search for categories reads their index, not the area's")]
    [InlineData("450105", null)]
    [InlineData("450105", false)]
    [InlineData("450105001", null)]
    public async Task CategoryPlan(string area, bool? isOpen)
    {
        using var storage = new MeshStorage(Options.Create(new StorageOptions { DataFolder = _folder.FullName }), TimeProvider.System);
        await storage.Admin.MigrateAsync(Token);
        using var connection = SqliteConnections.OpenReader(Path.Combine(_folder.FullName, "gridmesh.db"));
        var query = new CaseQuery(
            AreaCode.Parse(area), From: DateTimeOffset.UnixEpoch, To: DateTimeOffset.UnixEpoch.AddDays(90), Lines: [Line.UrbanManagement],
            Categories: ["litter"], IsOpen: isOpen);
        await using var command = CaseSearch.Command(storage.Database, connection, query, 50, null);
        command.CommandText = $"EXPLAIN QUERY PLAN {command.CommandText}";
        (await command.ListAsync(row => row.GetString(3), Token)).ShouldContain(step => step.Contains("cases_by_category (category=? AND reported_at>? AND reported_at<?)"));
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
