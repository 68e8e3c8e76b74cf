using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Storage;
using GridMesh.Storage.Cases;
using GridMesh.Storage.Databases;
using GridMesh.Storage.Sqlite;
using GridMesh.Storage.Tests.Support;
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
    public async Task Open(string area, Step? step, bool? overdue, bool isByOpen)
    {
        var plan = await PlanAsync(new CaseQuery(AreaCode.Parse(area), step is { } one ? [one] : [], default, overdue));
        plan.Contains("cases_open", StringComparison.Ordinal).ShouldBe(isByOpen, plan);
    }

    [Theory(DisplayName = "[ST30] a search reads the narrowest index: words that few have, the owner, the category, else the area's")]
    [InlineData("450105", null, null, null, "cases_by_district")]
    [InlineData("450105001001001", "litter", null, null, "cases_by_grid")]
    [InlineData("450105", "litter", null, null, "cases_by_category")]
    [InlineData("450105001001001", "litter", "w1", null, "cases_by_owner")]
    [InlineData("450105", null, null, "井盖", "SEARCH cases USING INTEGER PRIMARY KEY (rowid=?)|LIST SUBQUERY")]
    [InlineData("450105", "litter", null, "井", "SEARCH cases USING INTEGER PRIMARY KEY (rowid=?)|LIST SUBQUERY")]
    [InlineData("450105", null, null, "450105001001001-260302-0001", "number>? AND number<?")]
    public async Task Narrowest(string area, string? category, string? owner, string? text, string index)
    {
        var plan = await PlanAsync(
            new CaseQuery(
                AreaCode.Parse(area), Text: text, Categories: category is null ? default : [category], Owner: owner));
        plan.ShouldContain(index);
    }

    [Fact(DisplayName = "[ST30] the words of cases from before there was an index of them are written when it comes, and until a case is in it, it is looked through as it is")]
    public async Task OldCases()
    {
        using var storage = Storage();
        await storage.Admin.MigrateAsync(Token);
        await storage.Journal.AppendAsync(Samples.Append("a", 0, row: Samples.Case(1)), Token);
        var query = new CaseQuery(Samples.District, Text: "缺失");
        await storage.Database.WriteAsync(
            connection => connection.Run("UPDATE counters SET value = 1 WHERE name = 'case_words'"), Token);
        (await storage.Cases.SearchAsync(query, 10, null, Token)).Items.ShouldBeEmpty();
        await storage.Database.WriteAsync(
            connection => connection.Run("UPDATE counters SET value = 0 WHERE name = 'case_words'"), Token);
        (await storage.Cases.SearchAsync(query, 10, null, Token)).Items.ShouldHaveSingleItem();
        await storage.Database.WriteAsync(connection => storage.Database.Migrated(connection, 8), Token);
        (await storage.Cases.SearchAsync(query, 10, null, Token)).Items.ShouldHaveSingleItem();
        await storage.Database.ReadAsync(
            (connection, _) =>
            {
                connection.Scalar("SELECT value FROM counters WHERE name = 'case_words'").ShouldBe(1L);
                connection.Scalar("SELECT count(*) FROM case_words WHERE case_words MATCH '7f3a5931'").ShouldBe(1L);
                return ValueTask.FromResult(true);
            },
            Token);
    }

    private MeshStorage Storage() =>
        new(Options.Create(new StorageOptions { DataFolder = _folder.FullName }), TimeProvider.System);

    private async Task<string> PlanAsync(CaseQuery query)
    {
        using var storage = Storage();
        await storage.Admin.MigrateAsync(Token);
        using var connection = SqliteConnections.OpenReader(Path.Combine(_folder.FullName, "gridmesh.db"));
        await using var command = await CaseSearch.CommandAsync(
            storage.Database, new SecretBox(new Lazy<byte[]?>(() => null)), storage.Database, connection, query, 50,
            null,
            Token);
        command.CommandText = $"EXPLAIN QUERY PLAN {command.CommandText}";
        var plan = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(Token);
        while (await reader.ReadAsync(Token))
            plan.Add(reader.GetString(3));
        return string.Join('|', plan);
    }

    [Theory(DisplayName = "[OP7] a search for categories reads their index, not the area's")]
    [InlineData("450105", null)]
    [InlineData("450105", false)]
    [InlineData("450105001", null)]
    public async Task CategoryPlan(string area, bool? isOpen)
    {
        var query = new CaseQuery(
            AreaCode.Parse(area), From: DateTimeOffset.UnixEpoch, To: DateTimeOffset.UnixEpoch.AddDays(90),
            Lines: [Line.UrbanManagement],
            Categories: ["litter"], IsOpen: isOpen);
        (await PlanAsync(query)).ShouldContain("cases_by_category (category=? AND reported_at>? AND reported_at<?)");
    }

    [Theory(DisplayName = "[RV8] a review reads the index of open cases and the area's reports of the period, never the whole area")]
    [InlineData("450105", "cases_open (reported_at<?)", "cases_by_district")]
    [InlineData("450105001", "cases_open (reported_at<?)", "cases_by_town")]
    [InlineData("450105001001", "cases_open (reported_at<?)", "cases_by_community")]
    [InlineData("450105001001001", "cases_grid_closed (<expr>=? AND closed_day=?)", "cases_by_grid")]
    public async Task Review(string area, string open, string reported)
    {
        var query = new ReviewQuery(
            AreaCode.Parse(area), DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(15),
            DateTimeOffset.UnixEpoch);
        using var storage = Storage();
        await storage.Admin.MigrateAsync(Token);
        using var connection = SqliteConnections.OpenReader(Path.Combine(_folder.FullName, "gridmesh.db"));
        foreach (var (sql, index) in new[]
        {
            (CaseReviews.OpenSql(query), open), (CaseReviews.OldestSql(query), open),
            (CaseReviews.ReportedSql(query), $"{reported} (<expr>=? AND reported_at>? AND reported_at<?)"),
        })
        {
            await using var command = connection.Command($"EXPLAIN QUERY PLAN {sql}", CaseReviews.Parameters(query));
            string.Join('|', await command.ListAsync(row => row.GetString(3), Token)).ShouldContain(index);
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
