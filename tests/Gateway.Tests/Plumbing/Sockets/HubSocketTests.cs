using System.Buffers;
using System.Text;
using GridMesh.Gateway.Plumbing.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Time.Testing;

namespace GridMesh.Gateway.Tests.Plumbing.Sockets;

public sealed class HubSocketTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly ClientSide _client = new();

    [Fact(DisplayName = "[WP7] the hub gets what the client says, the client what the hub says; pings and the farewell are answered")]
    public async Task Speaks()
    {
        var socket = Socket();
        var running = socket.RunAsync(new Echo());
        await _client.SendAsync(WireKind.Text, "hel");
        (await _client.ReadAsync()).ShouldBe((WireKind.Text, "hel"));
        await _client.SendAsync(WireKind.Ping, "42");
        (await _client.ReadAsync()).ShouldBe((WireKind.Pong, "42"));
        await _client.SendAsync(WireKind.Continuation, "lo");
        (await _client.ReadAsync()).ShouldBe((WireKind.Text, "lo"));
        await _client.SendAsync(WireKind.Close, "");
        (await _client.ReadAsync()).Kind.ShouldBe(WireKind.Close);
        await running;
        _client.IsAborted.ShouldBeFalse();
        (await Record.ExceptionAsync(async () => await socket.WriteAsync("late"u8.ToArray())))
            .ShouldBeNull("a late word is lost quietly");
    }

    [Fact(DisplayName = "[WP7] bytes that are no frames of a client end the connection")]
    public async Task No_frame()
    {
        var running = Socket().RunAsync(new Echo());
        await _client.SendAsync([0x81, 0x01, 65, 66, 67, 68]);
        await Should.ThrowAsync<InvalidDataException>(() => running);
    }

    [Fact(DisplayName = "[WP7] a client that does not answer the farewell is cut off after 5 s")]
    public async Task No_farewell()
    {
        var running = Socket().RunAsync(new Leaves());
        (await _client.ReadAsync()).Kind.ShouldBe(WireKind.Close);
        _time.Advance(TimeSpan.FromSeconds(4.9));
        _client.IsAborted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(0.2));
        await running;
        _client.IsAborted.ShouldBeTrue();
    }

    [Fact(DisplayName = "[SL1] while a write hangs the next ones wait their turn, and all come in the order of the calls")]
    public async Task In_order()
    {
        var socket = Socket();
        var jam = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _client.Jam = jam;
        Task[] writes = [
            .. Enumerable.Range(0, 5)
            .Select(i => socket.WriteAsync(WireFrames.Of(WireKind.Text, [(byte)('a' + i)])).AsTask())];
        writes.ShouldAllBe(write => !write.IsCompleted);
        _client.Jam = null;
        jam.SetResult();
        await Task.WhenAll(writes);
        for (var i = 0; i < 5; i++)
            (await _client.ReadAsync()).Text.ShouldBe($"{(char)('a' + i)}");
    }

    [Fact(DisplayName = "[SL6] whoever pings and does not read has one answer on its way, and then that to its latest ping")]
    public async Task Pings()
    {
        var socket = Socket();
        var heard = new TaskCompletionSource();
        var running = socket.RunAsync(new Echo(heard));
        var jam = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _client.Jam = jam;
        for (var i = 0; i < 1_000; i++)
            await _client.SendAsync(WireKind.Ping, $"{i}");

        // What comes after the pings is heard when they are.
        await _client.SendAsync(WireKind.Text, "then");
        await heard.Task;
        _client.Jam = null;
        jam.SetResult();
        List<(WireKind, string)> answers = [];
        do
        {
            answers.Add(await _client.ReadAsync());
        }
        while (answers.Count < 3);
        answers.ShouldBe([(WireKind.Pong, "0"), (WireKind.Text, "then"), (WireKind.Pong, "999")], ignoreOrder: true);
        await _client.SendAsync(WireKind.Close, "");
        (await _client.ReadAsync()).Kind.ShouldBe(WireKind.Close, "and no other pong");
        await running;
    }

    [Fact(DisplayName = "[SL3] a connection whose write hangs for longer than 15 s is cut")]
    public void Hangs()
    {
        var socket = Socket();
        _client.Jam = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var write = socket.WriteAsync("x"u8.ToArray()).AsTask();
        _time.Advance(TimeSpan.FromSeconds(15));
        socket.Beat();
        _client.IsAborted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(1));
        socket.Beat();
        _client.IsAborted.ShouldBeTrue();
        Should.Throw<IOException>(() => write);
    }

    [Fact(DisplayName = "[WP9] a connection is asked to end when its token ends")]
    public async Task Token_ends()
    {
        var socket = Socket(_time.GetUtcNow() + TimeSpan.FromMinutes(1));
        var asked = new TaskCompletionSource();
        socket.ConnectionClosedRequested.Register(asked.SetResult);
        socket.Beat();
        asked.Task.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromMinutes(1) + TimeSpan.FromSeconds(1));
        socket.Beat();
        await asked.Task;
    }

    [Fact(DisplayName = "[WP7] a message longer than the writer's first buffer is one frame")]
    public async Task Long_message()
    {
        var socket = Socket();
        var text = new string('x', 5_000);
        var output = socket.Transport.Output;
        foreach (var part in text.Chunk(100))
            output.Write(Encoding.UTF8.GetBytes(part));

        await output.FlushAsync();
        var sent = await _client.ReadRawAsync(4 + text.Length);
        (sent[0], sent[1], (sent[2] << 8) | sent[3]).ShouldBe(((byte)0x81, (byte)126, text.Length));
        Encoding.UTF8.GetString(sent.AsSpan(4)).ShouldBe(text);
        (await output.FlushAsync()).IsCompleted.ShouldBeFalse("a flush of nothing is nothing");
    }

    private HubSocket Socket(DateTimeOffset? expires = null) => new(_client.Http, _client.Line, expires, _time);

    /// <summary>Says what it hears until the line ends.</summary>
    private sealed class Echo(TaskCompletionSource? heard = null) : ConnectionHandler
    {
        public override async Task OnConnectedAsync(ConnectionContext connection)
        {
            while (true)
            {
                var read = await connection.Transport.Input.ReadAsync();
                if (!read.Buffer.IsEmpty)
                {
                    heard?.TrySetResult();
                    await connection.Transport.Output.WriteAsync(read.Buffer.ToArray());
                }

                connection.Transport.Input.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                    return;
            }
        }
    }

    private sealed class Leaves : ConnectionHandler
    {
        public override Task OnConnectedAsync(ConnectionContext connection) => Task.CompletedTask;
    }
}
