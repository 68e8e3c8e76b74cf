using System.Net;
using GridMesh.Contracts.Storage;
using GridMesh.Product.Fixture;
using GridMesh.Product.Fixture.Places;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Storage;

namespace GridMesh.Cluster.Tests;

/// <summary>The providers of Orleans over the queries that our migration wrote.</summary>
public sealed class AdoNetTests : IAsyncLifetime
{
    private ClusterPlace _place = null!;
    private MeshApp _app = null!;

    public async ValueTask InitializeAsync()
    {
        _place = await ClusterPlace.NewAsync();
        _app = await MeshApp.StartAsync(settings: [.. _place.Member().Select(setting => $"--{setting}")]);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Fact(DisplayName = "[OR8] membership: a row counts only over the version that was read, and a silo joins once")]
    public async Task Membership()
    {
        using var host = await ClusterOfItsOwnAsync();
        var table = host.Services.GetRequiredService<IMembershipTable>();
        await table.InitializeMembershipTableAsync(tryInitTableVersion: true);
        await table.InitializeMembershipTableAsync(tryInitTableVersion: true);
        var empty = (await table.ReadAllAsync()).Version;
        var silo = Silo(1);
        (await table.InsertRowAsync(Entry(silo), empty.Next())).ShouldBeTrue();
        (await table.InsertRowAsync(Entry(Silo(2)), empty.Next())).ShouldBeFalse("another row was written meanwhile");
        var read = await table.ReadRowAsync(silo);
        read.Members.Single().Item1.Status.ShouldBe(SiloStatus.Joining);
        (await table.InsertRowAsync(Entry(Silo(2)), read.Version.Next())).ShouldBeTrue();

        var all = await table.ReadAllAsync();
        all.Members.Select(member => member.Item1.SiloAddress).ShouldBe([silo, Silo(2)], ignoreOrder: true);
        var (entry, etag) = all.Members.Single(member => member.Item1.SiloAddress.Equals(silo));
        entry.Status = SiloStatus.Active;
        entry.AddSuspector(Silo(2), DateTime.UtcNow);
        (await table.UpdateRowAsync(entry, etag, all.Version.Next())).ShouldBeTrue();
        entry.Status = SiloStatus.Dead;
        (await table.UpdateRowAsync(entry, etag, all.Version.Next()))
            .ShouldBeFalse("the version is no longer the one that was read");
        var changed = (await table.ReadRowAsync(silo)).Members.Single().Item1;
        (changed.Status, changed.SuspectTimes!.Single().Item1).ShouldBe((SiloStatus.Active, Silo(2)));
        await Should.ThrowAsync<Exception>(
            async () => await table.InsertRowAsync(entry, (await table.ReadAllAsync()).Version.Next()));
        (await table.ReadAllAsync()).Members.Count.ShouldBe(2);
    }

    [Fact(DisplayName = "[OR8] membership: a sign of life is kept, and only the dead are forgotten")]
    public async Task Life()
    {
        using var host = await ClusterOfItsOwnAsync();
        var table = host.Services.GetRequiredService<IMembershipTable>();
        await table.InitializeMembershipTableAsync(tryInitTableVersion: true);
        foreach (var (number, status) in new[] { (1, SiloStatus.Dead), (2, SiloStatus.Active),
            (3, SiloStatus.Joining) })
        {
            var entry = Entry(Silo(number));
            entry.Status = status;
            (await table.InsertRowAsync(entry, (await table.ReadAllAsync()).Version.Next())).ShouldBeTrue();
        }

        var alive = Entry(Silo(2));
        alive.IAmAliveTime = new DateTime(2026, 11, 24, 1, 2, 3, DateTimeKind.Utc);
        await table.UpdateIAmAliveAsync(alive);
        (await table.ReadRowAsync(Silo(2))).Members.Single().Item1.IAmAliveTime.ToUniversalTime()
            .ShouldBe(alive.IAmAliveTime);
        await table.CleanupDefunctSiloEntriesAsync(DateTimeOffset.UtcNow.AddDays(1));
        (await table.ReadAllAsync()).Members.Select(member => member.Item1.SiloAddress)
            .ShouldBe([Silo(2), Silo(3)], ignoreOrder: true);
        await table.DeleteMembershipTableEntriesAsync("its-own");
        await table.InitializeMembershipTableAsync(tryInitTableVersion: true);
        (await table.ReadAllAsync()).Members.ShouldBeEmpty();
    }

    [Fact(DisplayName = "[OR8] reminders: found by grain, by name and by range of the ring, replaced, removed by their version only")]
    public async Task Reminders()
    {
        var table = _app.Services.GetRequiredService<IReminderTable>();
        var grains = Enumerable.Range(0, 20).Select(i => GrainId.Create("grid", $"4501/{i}")).ToArray();
        var start = new DateTime(2026, 11, 24, 8, 0, 0, 123, DateTimeKind.Utc);
        foreach (var grain in grains)
            await table.UpsertRow(
                new ReminderEntry { GrainId = grain, ReminderName = "r", StartAt = start,
                    Period = TimeSpan.FromMinutes(1) });

        var row = (await table.ReadRow(grains[0], "r"))!;
        (row.GrainId, row.StartAt.ToUniversalTime(), row.Period).ShouldBe((grains[0], start, TimeSpan.FromMinutes(1)));
        const uint Half = uint.MaxValue / 2;
        var (low, high) = ((await table.ReadRows(0, Half)).Reminders, (await table.ReadRows(Half, 0)).Reminders);
        low.Concat(high).Select(entry => entry.GrainId).ShouldBe(grains, ignoreOrder: true);
        low.ShouldAllBe(entry => entry.GrainId.GetUniformHashCode() > 0 && entry.GrainId.GetUniformHashCode() <= Half);

        var longer = row.ETag;
        row.Period = TimeSpan.FromDays(40);
        var etag = await table.UpsertRow(row);
        etag.ShouldNotBe(longer);
        (await table.ReadRows(grains[0])).Reminders.Single().Period.ShouldBe(TimeSpan.FromDays(40));
        (await table.RemoveRow(grains[0], "r", longer!)).ShouldBeFalse("it was replaced");
        (await table.RemoveRow(grains[0], "r", etag!)).ShouldBeTrue();
        (await table.ReadRow(grains[0], "r")).ShouldBeNull();

        var own = await _app.Services.GetRequiredService<IReminderRows>().ReadAllAsync();
        own.Where(reminder => reminder.Key.StartsWith("4501/")).Count()
            .ShouldBe(19, "a Local process sees the same rows");
        own.First(reminder => reminder.Key == "4501/1").FirstDue.UtcDateTime.ShouldBe(start);
    }

    [Fact(DisplayName = "[OR8] subscriptions: a record is written and removed only over the version that was read")]
    public async Task Subscriptions()
    {
        var storage = _app.Services.GetRequiredKeyedService<IGrainStorage>("mesh");
        var grain = GrainId.Create("pubsubrendezvous", "mesh/wall/test");
        var (one, other) = (new GrainState<Record>(), new GrainState<Record>());
        await storage.ReadStateAsync("r", grain, one);
        await storage.ReadStateAsync("r", grain, other);
        one.RecordExists.ShouldBeFalse();
        one.State = new Record { Text = "first" };
        await storage.WriteStateAsync("r", grain, one);
        other.State = new Record { Text = "late" };
        await Should.ThrowAsync<InconsistentStateException>(() => storage.WriteStateAsync("r", grain, other));
        await storage.ReadStateAsync("r", grain, other);
        other.State.Text.ShouldBe("first");
        other.State = new Record { Text = "second" };
        await storage.WriteStateAsync("r", grain, other);
        await Should.ThrowAsync<InconsistentStateException>(() => storage.WriteStateAsync("r", grain, one));
        await Should.ThrowAsync<InconsistentStateException>(() => storage.ClearStateAsync("r", grain, one));
        await storage.ClearStateAsync("r", grain, other);
        await storage.ReadStateAsync("r", grain, one);
        one.RecordExists.ShouldBeFalse();
    }

    private async Task<IHost> ClusterOfItsOwnAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.UseOrleans(silo => silo
            .Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = ("its-own", "test"))
            .UseAdoNetClustering(
                adoNet => (adoNet.Invariant, adoNet.ConnectionString) = ("Npgsql", _place.Connection)));
        return builder.Build();
    }

    private static SiloAddress Silo(int number) =>
        SiloAddress.New(new IPEndPoint(IPAddress.Parse($"10.0.0.{number}"), 11_111), number);

    private static MembershipEntry Entry(SiloAddress silo) => new()
    {
        SiloAddress = silo,
        SiloName = $"silo {silo.Generation}",
        HostName = "host",
        Status = SiloStatus.Joining,
        ProxyPort = 30_000,
        StartTime = DateTime.UtcNow,
        IAmAliveTime = DateTime.UtcNow,
    };

    [GenerateSerializer]
    public sealed class Record
    {
        [Id(0)]
        public string Text { get; set; } = "";
    }
}
