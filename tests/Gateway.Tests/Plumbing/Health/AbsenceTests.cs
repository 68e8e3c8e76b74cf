using System.Net;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Storage;
using GridMesh.Contracts.Workers;
using GridMesh.Gateway.Plumbing.Health;
using GridMesh.Product.Fixture;
using Microsoft.Extensions.DependencyInjection;

namespace GridMesh.Gateway.Tests.Plumbing.Health;

public sealed class AbsenceTests
{
    [Fact(DisplayName = "[RU10] health is red and names the grid that cannot wake, everything else is served, and it is green when that is back")]
    public async Task Named()
    {
        BrokenIndex index = null!;
        await using var app = await MeshApp.StartAsync(awaitReady: false, services: services =>
        {
            var own = services.Last(service => service.ServiceType == typeof(ICaseIndex)).ImplementationFactory!;
            services.AddSingleton<ICaseIndex>(provider => index = new BrokenIndex((ICaseIndex)own(provider)));
        });
        await Eventually.TrueAsync(
            async () =>
                await ReadyAsync(
                    app) == (HttpStatusCode.ServiceUnavailable, $"areas cannot be woken: {SmallDistrict.Grid}"),
            "health says which");

        using var client = await app.SignInAsync("dispatcher");
        var summary = await client.GetStringAsync($"/api/v1/areas/{SmallDistrict.Community}");
        summary.ShouldContain("\"absent\":1");

        index.Broken = null;
        await Eventually.TrueAsync(async () => (await ReadyAsync(app)).Status == HttpStatusCode.OK, "health is green");
    }

    [Fact(DisplayName = "[RU10] the answer of health stays short, however many cannot wake")]
    public async Task Short()
    {
        await using var app = await MeshApp.StartAsync();
        var readiness = app.Services.GetRequiredService<Readiness>();
        readiness.Warm([.. Enumerable.Range(1, 22).Select(i => AreaCode.Parse($"450105001001{i:000}"))]);
        readiness.Incomplete!.ShouldEndWith("450105001001020 and 2 more");
    }

    private static async Task<(HttpStatusCode Status, string Text)> ReadyAsync(MeshApp app)
    {
        var answer = await app.Http.GetAsync("/healthz/ready");
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>The index, but for one grid, whose rows cannot be read.</summary>
    private sealed class BrokenIndex(ICaseIndex index) : ICaseIndex
    {
        public AreaCode? Broken { get; set; } = AreaCode.Parse(SmallDistrict.Grid);

        public ValueTask<IReadOnlyList<CaseRow>> ReadGridAsync(
            AreaCode grid, int day, CancellationToken cancellation = default) =>
            grid == Broken ? throw new FormatException("no row") : index.ReadGridAsync(grid, day, cancellation);

        public ValueTask<GridDigest> DigestGridAsync(
            AreaCode grid, int day, CancellationToken cancellation = default) =>
            index.DigestGridAsync(grid, day, cancellation);

        public ValueTask<int> LastSerialAsync(AreaCode grid, DateOnly day, CancellationToken cancellation = default) =>
            index.LastSerialAsync(grid, day, cancellation);

        public ValueTask<CasePage> SearchAsync(
            CaseQuery query, int limit, string? cursor, CancellationToken cancellation = default) =>
            index.SearchAsync(query, limit, cursor, cancellation);

        public ValueTask<IReadOnlyList<DutyRow>> ReadDutyAsync(
            AreaCode grid, CancellationToken cancellation = default) =>
            index.ReadDutyAsync(grid, cancellation);

        public ValueTask<DutyRow?> FindDutyAsync(string worker, CancellationToken cancellation = default) =>
            index.FindDutyAsync(worker, cancellation);

        public IAsyncEnumerable<CaseRow> ReadAllCasesAsync(CancellationToken cancellation = default) =>
            index.ReadAllCasesAsync(cancellation);
    }
}
