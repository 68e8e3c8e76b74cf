using GridMesh.Contracts.Access;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Care;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Storage;
using GridMesh.Grains.Care;
using GridMesh.Product.Fixture;
using GridMesh.Product.Fixture.Simulated;

namespace GridMesh.Simulation.Tests;

public sealed class CareTests
{
    private const string Stream = $"care:{SmallDistrict.Grid}";

    private static readonly string s_building = SmallDistrict.BuildingOf(SmallDistrict.Grid);
    private static readonly string s_door = $"door-{SmallDistrict.Grid}";
    private static readonly Actor s_lead =
        MeshSim.By(Role.Lead, "lead") with { Area = AreaCode.Parse(SmallDistrict.Grid) };

    [Fact(DisplayName = "[CA2, CA3] a silent door is an alarm to the second, widens by its ladder, and ends when somebody was there")]
    public async Task Silent()
    {
        await using var sim = await MeshSim.StartAsync();
        var watch = await BeginAsync(sim, s_door);
        var before = (await sim.SummaryAsync())[Counter.AlarmsOpen];
        sim.Time.Advance(TimeSpan.FromHours(10));
        await DoorAsync(sim, s_door);
        var opened = sim.Time.GetUtcNow();
        sim.Time.Advance(TimeSpan.FromHours(14) + TimeSpan.FromSeconds(1));
        await sim.HappensAsync(() => sim.Doors.Reads > 0, "the first window ended and the door was looked up");
        Facts(sim).OfType<CareAlarmed>().ShouldBeEmpty();

        await sim.SettleAsync();
        sim.Time.Advance(opened.AddHours(24) - sim.Time.GetUtcNow());
        Facts(sim).OfType<CareAlarmed>().Count().ShouldBe(1, "the alarm is a fact without another tick");
        var alarm = Facts(sim).OfType<CareAlarmed>().Single();
        (alarm.SeenAt, alarm.Due).ShouldBe((opened, opened.AddHours(24)));
        (alarm.At - alarm.Due).ShouldBeInRange(TimeSpan.Zero, TimeSpan.FromSeconds(1));
        await sim.UntilAsync(summary => summary[Counter.AlarmsOpen] > 0, "the district counts it", SmallDistrict.Grid);

        sim.Time.Advance(TimeSpan.FromMinutes(61));
        await sim.HappensAsync(() => Facts(sim).OfType<CareWidened>().Count() == 2, "police and neighbours are asked");
        Facts(sim).OfType<CareWidened>().Select(fact => fact.Circle)
            .ShouldBe([CareCircle.Police, CareCircle.Neighbours]);
        await sim.CrashAsync();
        var alarms = (await sim.SummaryAsync(SmallDistrict.Grid))[Counter.AlarmsOpen];
        (await DoAsync(
            sim, new ConfirmCare(Guid.NewGuid(), s_lead, watch, CareFinding.Safe, null))).Reject.ShouldBeNull();
        await sim.UntilAsync(
            summary => summary[Counter.AlarmsOpen] == alarms - 1, "one alarm less", SmallDistrict.Grid);
        Facts(sim).OfType<CareAlarmed>().Count().ShouldBe(1);
    }

    [Fact(DisplayName = "[CA2] a window that ended while the process was down is an alarm on waking, once")]
    public async Task WhileDown()
    {
        await using var sim = await MeshSim.StartAsync();
        await BeginAsync(sim, null);
        await sim.CrashAsync(downFor: TimeSpan.FromHours(25));
        await sim.HappensAsync(() => Facts(sim).OfType<CareAlarmed>().Any(), "the alarm is a fact");
        await sim.CrashAsync();
        await sim.PassAsync(TimeSpan.FromSeconds(10));
        Facts(sim).OfType<CareAlarmed>().Count().ShouldBe(1);
    }

    [Fact(DisplayName = "[CA2] the door of a neighbour is no sign of life where the household has its own")]
    public async Task OwnDoor()
    {
        await using var sim = await MeshSim.StartAsync();
        await BeginAsync(sim, s_door);
        sim.Time.Advance(TimeSpan.FromHours(20));
        await DoorAsync(sim, "door-of-a-neighbour");
        sim.Time.Advance(TimeSpan.FromHours(4));
        await sim.HappensAsync(() => Facts(sim).OfType<CareAlarmed>().Any(), "the alarm is a fact");
    }

    [Fact(DisplayName = "[CA6] between its events a watch looks nothing up and writes nothing, whatever doors open")]
    public async Task Quiet()
    {
        await using var sim = await MeshSim.StartAsync();
        for (var n = 0; n < 50; n++)
            await BeginAsync(sim, null, $"{n}");

        var (asked, reads) = (sim.Journal.Asked, sim.Doors.Reads);
        for (var n = 0; n < 100; n++)
        {
            await DoorAsync(sim, s_door);
            await sim.PassAsync(TimeSpan.FromSeconds(1));
        }

        (sim.Journal.Asked, sim.Doors.Reads).ShouldBe((asked, reads));
    }

    [Fact(DisplayName = "[CA5] a reading is on disk before it is answered: without the store nobody sees anything")]
    public async Task ReadIsWritten()
    {
        await using var sim = await MeshSim.StartAsync();
        await BeginAsync(sim, null);
        (await DoAsync(sim, new ReadCare(Guid.NewGuid(), s_lead, null))).Watches.Single().Watch.Household.ShouldBe(
            "3-502");
        Facts(sim).OfType<CareWasRead>().Single().By.ShouldBe("lead");
        sim.Journal.Weather = Weather.Down;
        await Should.ThrowAsync<StorageUnavailableException>(
            () => DoAsync(sim, new ReadCare(Guid.NewGuid(), s_lead, null)));
    }

    private static CareFact[] Facts(MeshSim sim) => [.. sim.Journal.Of(Stream).Select(FactJson.Decode<CareFact>)];

    private static Task<CareOutcome> DoAsync(MeshSim sim, CareCommand command) =>
        sim.Client.GetGrain<ICareGrain>(SmallDistrict.Grid).ExecuteAsync(command);

    private static async Task DoorAsync(MeshSim sim, string device) =>
        await sim.Doors.AppendAsync([new DoorRecord(s_building, device, sim.Time.GetUtcNow())]);

    private static async Task<string> BeginAsync(MeshSim sim, string? device, string household = "3-502")
    {
        var watch = new CareWatch(
            $"K{household}", BuildingCode.Parse(s_building), household, device, 24, "本人", sim.Time.GetUtcNow());
        (await DoAsync(sim, new BeginCare(Guid.NewGuid(), s_lead, watch))).Reject.ShouldBeNull();
        return watch.Id;
    }
}
