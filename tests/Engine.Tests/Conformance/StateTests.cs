using Orleans.Storage;

namespace GridMesh.Engine.Tests.Conformance;

public sealed class StateTests : ConformanceTest
{
    [Fact(DisplayName = "[EN32] state is read before OnActivateAsync and outlives the activation and the process")]
    public async Task Outlives()
    {
        var grain = Grain<IStateGrain>("s");
        (await grain.CountAtActivation()).ShouldBe(0);
        await grain.Add(3);
        await grain.Leave();
        (await grain.CountAtActivation()).ShouldBe(3);
        await Host.RestartAsync();
        (await Grain<IStateGrain>("s").CountAtActivation()).ShouldBe(3);
    }

    [Fact(DisplayName = "[EN33] a record has an ETag from its first write until it is cleared")]
    public async Task Etag()
    {
        var grain = Grain<IStateGrain>("s");
        (await grain.Read()).ShouldBe((0, false, null));
        await grain.Add(1);
        var first = await grain.Read();
        first.Exists.ShouldBeTrue();
        first.Etag.ShouldNotBeNullOrEmpty();
        await grain.Add(1);
        (await grain.Read()).Etag.ShouldNotBe(first.Etag);
        await grain.Clear();
        (await grain.Read()).ShouldBe((0, false, null));
    }

    [Fact(DisplayName = "[EN34] a write over somebody else's is refused, and the next activation reads afresh")]
    public async Task Conflict()
    {
        var grain = Grain<IStateGrain>("s");
        await Should.ThrowAsync<InconsistentStateException>(() => grain.WriteBehindMyBack());
        (await grain.CountAtActivation()).ShouldBe(100);
        (await grain.Add(1)).ShouldBe(101);
    }
}
