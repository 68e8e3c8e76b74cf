using System.Text.Json;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Json;
using GridMesh.Contracts.Workers;
using GridMesh.Gateway.Areas;
using GridMesh.Gateway.Plumbing.Sockets;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace GridMesh.Gateway.Tests.Areas;

public sealed class ReadyFrameTests
{
    private static readonly DateTimeOffset s_now = new(2026, 7, 1, 8, 0, 0, TimeSpan.Zero);

    [Theory(DisplayName = "[WP10] a frame's bytes are SignalR's own message in a WebSocket's frame, whatever its length")]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(2_000)]
    public void SameBytes(int workers)
    {
        var frame = Frame(workers);
        var ready = new ReadyFrame(frame);
        var json = JsonSerializer.SerializeToUtf8Bytes(frame, MeshJson.Options);
        var message = new SerializedHubMessage(new InvocationMessage(ReadyFrame.Method, [new RawJson(json)]));
        var wire = WireFrames.Of(WireKind.Text, message.GetSerializedMessage(new JsonHubProtocol()).Span);
        ready.Wire.ToArray().ShouldBe(wire);
        ready.Json.Utf8.ToArray().ShouldBe(json);
        ready.Shed();
        ready.Wire.ToArray().ShouldBe(wire, "made anew for who comes late");
    }

    [Fact(DisplayName = "[WP10] only the latest frame of an area keeps its bytes")]
    public void Sheds()
    {
        var ring = new FrameRing(TimeProvider.System);
        var first = new ReadyFrame(Frame(1));
        ring.Add(first);
        var bytes = first.Wire;
        first.Wire.Equals(bytes).ShouldBeTrue("made once");
        ring.Add(new ReadyFrame(Frame(1) with { From = 1, To = 2 }));
        first.Wire.Equals(bytes).ShouldBeFalse();
        first.Wire.ToArray().ShouldBe(bytes.ToArray());
    }

    private static AreaFrame Frame(int workers) => new(
        AreaCode.Parse("450103"), 5, 0, 1, s_now, null, null, null,
        new WorkerChanges(
            [.. Enumerable.Range(0, workers)
                .Select(i => new WorkerDot($"工-{i}", 108 + (i / 1e4), 22, WorkerStatus.OnDuty, s_now))],
            []));
}
