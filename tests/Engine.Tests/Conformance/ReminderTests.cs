namespace GridMesh.Engine.Tests.Conformance;

public sealed class ReminderTests : ConformanceTest
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact(DisplayName = "[EN28] a reminder ticks when due and then every period, and wakes its grain")]
    public async Task Ticks()
    {
        var grain = Grain<IRemindedGrain>("r");
        await grain.Remind("note", Minute / 2, Minute * 5);
        await grain.Leave();
        Host.Advance(Minute / 2);
        (await Probe.ReachedAsync("note")).ShouldBe(["00:00:00"]);
        await grain.Reminders();
        Host.Advance(Minute * 5);
        (await Probe.ReachedAsync("note", 2)).ShouldBe(["00:00:00", "00:05:00"]);
    }

    [Fact(DisplayName = "[EN29] a restart keeps reminders, in step with their first tick")]
    public async Task Restart()
    {
        await Grain<IRemindedGrain>("r").Remind("note", Minute, Minute * 5);
        await Host.RestartAsync();
        (await Grain<IRemindedGrain>("r").Reminders()).ShouldBe(["note"]);
        Host.Advance(Minute);
        await Probe.ReachedAsync("note");
        Host.Advance(Minute * 2);
        await Host.RestartAsync();
        Host.Advance(Minute * 2);
        await Grain<IRemindedGrain>("r").Reminders();
        Probe.Count("note").ShouldBe(1);
        Host.Advance(Minute);
        (await Probe.ReachedAsync("note", 2)).ShouldBe(["00:00:00", "00:05:00"]);
    }

    [Fact(DisplayName = "[EN30] a reminder can be found, replaced and taken back")]
    public async Task Replace()
    {
        var grain = Grain<IRemindedGrain>("r");
        await grain.Remind("a", Minute, Minute);
        await grain.Remind("b", Minute, Minute);
        (await grain.Reminders()).ShouldBe(["a", "b"]);
        await grain.Remind("a", Minute * 3, Minute);
        await grain.Forget("b");
        (await grain.Has("b")).ShouldBeFalse();
        Host.Advance(Minute * 2);
        await grain.Reminders();
        Probe.Count("a").ShouldBe(0);
        Probe.Count("b").ShouldBe(0);
        Host.Advance(Minute);
        await Probe.ReachedAsync("a");
    }

    [Fact(DisplayName = "[EN31] a reminder with a period under a minute is refused")]
    public async Task TooOften() =>
        await Should.ThrowAsync<ArgumentException>(
            () => Grain<IRemindedGrain>("r").Remind("a", Minute, TimeSpan.FromSeconds(59)));
}
