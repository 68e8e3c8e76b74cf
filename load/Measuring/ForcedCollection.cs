using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace GridMesh.Load.Measuring;

/// <summary>
/// Asks another .NET process of this machine for a full collection, over the diagnostics socket that every one has: only
/// after it says the memory of a process what is held, and not what has not been tidied away yet.
/// </summary>
internal static class ForcedCollection
{
    private const string Provider = "Microsoft-Windows-DotNETRuntime";

    /// <summary>The keyword that makes the runtime collect when a listener asks for it.</summary>
    private const ulong CollectKeyword = 0x800000;

    private const uint Informational = 4;
    private const int HeadLength = 20;
    private const byte EventPipe = 0x02;
    private const byte StopTracing = 0x01;
    private const byte CollectTracing2 = 0x03;
    private const byte Ok = 0x00;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    /// <summary>Collects and waits until it is done; false where the process has no such socket or refuses.</summary>
    public static async Task<bool> RunAsync(int processId, TimeProvider time, CancellationToken cancellation)
    {
        if (SocketOf(processId) is not { } path)
        {
            return false;
        }

        using var patience = new CancellationTokenSource(s_patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            await using var session = await ConnectAsync(path, either.Token);
            if (await AskAsync(session, CollectTracing2, Request(), either.Token) is not { Length: >= 8 } answer)
            {
                return false;
            }

            // The collection is done before the session is told to stop: enabling the provider runs it.
            var reading = DrainAsync(session, either.Token);
            await using var stopper = await ConnectAsync(path, either.Token);
            await AskAsync(stopper, StopTracing, answer[..8], either.Token);
            await reading;
            return true;
        }
        catch (Exception e) when (e is SocketException or IOException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return false;
        }
    }

    private static string? SocketOf(int processId) => Directory
        .EnumerateFileSystemEntries(Path.GetTempPath(), $"dotnet-diagnostic-{processId}-*-socket").Order().LastOrDefault();

    private static async Task<NetworkStream> ConnectAsync(string path, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The payload of the answer; null when it is an error.</summary>
    private static async Task<byte[]?> AskAsync(NetworkStream stream, byte command, byte[] payload, CancellationToken cancellation)
    {
        await stream.WriteAsync(Message(command, payload), cancellation);
        var head = new byte[HeadLength];
        await stream.ReadExactlyAsync(head, cancellation);
        var body = new byte[BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(14)) - HeadLength];
        await stream.ReadExactlyAsync(body, cancellation);
        return head[17] == Ok ? body : null;
    }

    private static byte[] Message(byte command, byte[] payload)
    {
        var message = new byte[HeadLength + payload.Length];
        "DOTNET_IPC_V1"u8.CopyTo(message);
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(14), (ushort)message.Length);
        (message[16], message[17]) = (EventPipe, command);
        payload.CopyTo(message, HeadLength);
        return message;
    }

    private static byte[] Request()
    {
        using var payload = new MemoryStream();
        using var writer = new BinaryWriter(payload);
        writer.Write(1u); // MB of buffer
        writer.Write(1u); // the format NetTrace
        writer.Write(false); // no rundown
        writer.Write(1u); // providers
        writer.Write(CollectKeyword);
        writer.Write(Informational);
        writer.Write((uint)(Provider.Length + 1));
        writer.Write(Encoding.Unicode.GetBytes(Provider + '\0'));
        writer.Write(0u); // no filter
        return payload.ToArray();
    }

    private static async Task DrainAsync(NetworkStream session, CancellationToken cancellation)
    {
        var buffer = new byte[64 * 1024];
        while (await session.ReadAsync(buffer, cancellation) > 0)
        {
            // What the runtime tells meanwhile is not needed.
        }
    }
}
