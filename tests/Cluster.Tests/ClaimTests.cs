using GridMesh.Contracts.Storage;
using GridMesh.Product.Fixture;
using GridMesh.Product.Fixture.Places;
using GridMesh.Silo.Fixture;
using GridMesh.Silo.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace GridMesh.Cluster.Tests;

/// <summary>Who may run grains over a PostgreSQL.</summary>
public sealed class ClaimTests
{
    private const string SigningKey = "GridMesh:Auth:SigningKey=Jw3nq0ZcT8yLr5XvB1mKd7PfHs2GaUeQ";

    [Fact(DisplayName = "[OR10] a second Local process over one PostgreSQL is refused in one plain message, and so is a silo of a cluster")]
    public async Task Second()
    {
        var place = await ClusterPlace.NewAsync();
        await using (await MeshApp.StartAsync(settings: [.. place.Storage.Select(setting => $"--{setting}")]))
        {
            foreach (var settings in new[] { place.Storage, place.Member("Silo") })
            {
                var (code, said) = await SiloProcess.RunAsync(
                    ["serve", "--urls", "http://127.0.0.1:0",
                        .. SiloProcess.Set([.. settings, SigningKey, "GridMesh:Auth:Audience=gridmesh"])]);
                code.ShouldBe(1, said);
                said.ShouldContain("is in use by");
                said.ShouldNotContain("   at ");
            }
        }

        await using var next = await MeshApp.StartAsync(settings: [.. place.Storage.Select(setting => $"--{setting}")]);
        next.Url.ShouldNotBeNull("the claim ended with the process");
    }

    [Fact(DisplayName = "[OR10] beside the silos of a cluster no Local process starts")]
    public async Task BesideACluster()
    {
        var place = await ClusterPlace.NewAsync();
        await using var member = await MeshApp.StartAsync(
            settings: [.. place.Member().Select(setting => $"--{setting}")]);
        var refusal = await Should.ThrowAsync<StorageUnusableException>(async () =>
        {
            await using var local = await MeshApp.StartAsync(
                settings: [.. place.Storage.Select(setting => $"--{setting}")]);
        });
        refusal.Message.ShouldContain("Mode=Database");
    }

    [Fact(DisplayName = "[OR10] a process whose session the server has ended claims the database again, and nobody gets in between unseen")]
    public async Task Again()
    {
        var place = await ClusterPlace.NewAsync();
        await using var app = await MeshApp.StartAsync(settings: [.. place.Storage.Select(setting => $"--{setting}")]);
        await using var source = NpgsqlDataSource.Create(place.Connection);
        var first = await HolderAsync(source);
        await using (var end = source.CreateCommand($"SELECT pg_terminate_backend({first})"))
        {
            await end.ExecuteScalarAsync();
        }

        await Eventually.TrueAsync(
            async () => await HolderAsync(source) is { } now && now != first, "the claim is held again");
        (await app.Http.GetAsync("/healthz/ready")).IsSuccessStatusCode.ShouldBeTrue();
    }

    [Fact(DisplayName = "[OR10] a process that somebody else has overtaken stops")]
    public async Task Overtaken()
    {
        var place = await ClusterPlace.NewAsync();
        await using var app = await MeshApp.StartAsync(settings: [.. place.Storage.Select(setting => $"--{setting}")]);
        await using var source = NpgsqlDataSource.Create(place.Connection);
        await using var other = await source.OpenConnectionAsync();
        await using var waits = new NpgsqlCommand($"SELECT pg_advisory_lock({DatabaseClaim.Key})", other);
        var overtakes = waits.ExecuteNonQueryAsync();
        var stopping = new TaskCompletionSource();
        app.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(stopping.SetResult);
        await using (var end = source.CreateCommand($"SELECT pg_terminate_backend({await HolderAsync(source)})"))
        {
            await end.ExecuteScalarAsync();
        }

        await overtakes;
        await stopping.Task.WaitAsync(TimeSpan.FromMinutes(1));
    }

    private static async Task<int?> HolderAsync(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand(
            "SELECT l.pid FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid"
            + " WHERE l.locktype = 'advisory' AND l.granted AND a.application_name = 'gridmesh-claim'"
            + " AND a.datname = current_database()");
        return (int?)await command.ExecuteScalarAsync();
    }
}
