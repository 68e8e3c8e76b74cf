using System.Buffers;
using System.Reflection;
using System.Text.Json;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;
using GridMesh.Gateway.Areas;
using GridMesh.Gateway.Directory;
using GridMesh.Gateway.Evidence;
using GridMesh.Gateway.Incidents;
using GridMesh.Gateway.Open311;
using GridMesh.Gateway.Plumbing.Input;
using GridMesh.Gateway.Plumbing.Sockets;
using GridMesh.Gateway.Sensors;
using GridMesh.Gateway.Tests.Evidence;
using GridMesh.Gateway.Workers;
using GridMesh.Product.Fixture;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using SkiaSharp;

namespace GridMesh.Fuzz.Tests.Targets;

/// <summary>What comes over the wire: bodies, forms, frames and messages of the hub, photos.</summary>
internal static class WireTargets
{
    private const string PositionSample =
        """[{"worker":"W1","lng":108.3,"lat":22.7,"at":"2026-05-01T08:00:00+08:00","accuracy":5.5}]""";

    private const char MessageEnd = '\x1e';

    /// <summary>Nobody draws an area on the way: one list serves all inputs.</summary>
    private static readonly DirectoryView s_view = new(SmallDistrict.Data);
    private static readonly GridLocator s_locator = new(new Fixed());
    private static readonly PhotoReader s_photos = new();
    private static readonly MeshHubProtocol s_hub = new(Options.Create(HubJson()));

    private static readonly Type[] s_bodies =
    [
        .. typeof(BodyJson).Assembly.GetTypes().Where(type => type.Name.EndsWith("Body", StringComparison.Ordinal)
            && !type.IsAbstract).OrderBy(type => type.FullName, StringComparer.Ordinal),
    ];

    public static IEnumerable<Target> All =>
    [
        new(
            "positions", 5_000, [
                Bytes(PositionSample), Bytes("""[{"WORKER":"W\u0031","lng":"1e2","lat":null},null]"""),
                [.. "[{\"\":0,\""u8, 0xFF, .. "\":5}]"u8],
            ],
            ["\"worker\":", "\"at\":", "null", "NaN", "\"1e400\"", "\\ud800", "{\"a\":[[", "\u0000"], Positions),
        new(
            "events of devices", 5_000,
            [Bytes("""[{"device":"smoke-1","kind":"Smoke","at":"2026-05-01T08:00:00+08:00","position":{"lng":1,"lat":2}}]""")],
            ["\"building\":", "\"value\":1e308", "\"Door\"", "null", "\\ud800", "{", "[["], Events),
        new(
            "bodies", 5_000, [.. s_bodies.Select((_, i) => (byte[])[(byte)i, .. "{}"u8])],
            [
                "null", "[]", "{}", "\"\\ud800\"", "\"\\u0000\"", "1e400",
                "\"2026-05-01T08:00:00+08:00\"", "{\"lng\":1,\"lat\":2}",
                .. s_bodies.SelectMany(type => type.GetProperties()).Select(one => one.Name).Distinct()
                    .Select(name => $"\"{JsonNamingPolicy.CamelCase.ConvertName(name)}\":"),
            ],
            Body),
        new(
            "forms of Open311", 5_000,
            [
                "service_code=litter&lat=22.705&long=108.305&description=abc&attribute[SEVERITY]=Urgent&first_name=a",
                $"service_code=litter&address_id={SmallDistrict.Grid}&media_url=http://a/b&phone=13800138000",
            ],
            [
                "attribute[", "]", "&", "%00", "%ED%A0%80", "NaN", "lat=", "long=", "media_url=javascript:",
                "address_string=",
            ],
            Form),
        new(
            "frames of clients", 10_000,
            [Frame(0x81, "{}"), Frame(0x89, "ping"), [.. Frame(2, "ab"), .. Frame(0x80, "")]],
            ["\u0000\u0000\u0000\u0000", "\u007F"], Frames),
        new(
            "messages to the hub", 5_000,
            [
                Bytes($$"""{"type":1,"invocationId":"1","target":"Watch","arguments":["{{SmallDistrict.Code}}"]}{{MessageEnd}}"""),
                Bytes($$"""{"type":1,"target":"watch","arguments":["45",{"epoch":1,"version":2}]}{{MessageEnd}}"""),
                Bytes($$"""{"arguments":[1.5,2,"2026"],"target":"Position","type":1}{{MessageEnd}}{"type":6}{{MessageEnd}}"""),
                Bytes($$"""{"type":2147483648}{{MessageEnd}}"""), Bytes($$"""{"argument\ud800":1}{{MessageEnd}}"""),
                Bytes($$"""{"arguments":[1.5,nul{{MessageEnd}}"""),
            ],
            [
                $"{MessageEnd}", "\"type\":3,", "\"headers\":{},", "\"streamIds\":[\"1\"],", "null", "\\ud800",
                "\"error\":", "\"item\":",
                "\"result\":1", "[[", "\"Unwatch\"", "\"allowReconnect\":true,",
            ],
            Messages),
        new(
            "photos", 250,
            [
                .. new[] { "image/jpeg", "image/png", "image/webp" }.Select(type => Pictures.Noise(type, 12, 9, 1)),
                Pictures.WithExif(Pictures.Corner(16, 8), 6), Pictures.Png(9, 7, interlace: 1), Pictures.Tables(16),
                Pictures.Png(8, 8, chunks: Pictures.Text(2_000)),
            ],
            ["\u0000\u0000", "IDAT", "VP8L", "ALPH", "ANMF", "acTL", "Exif\u0000\u0000", "eXIf"], Photos),
    ];

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Frame(byte first, string payload) =>
        [first, (byte)(0x80 | payload.Length), 0, 0, 0, 0, .. Bytes(payload)];

    private static JsonHubProtocolOptions HubJson()
    {
        var options = new JsonHubProtocolOptions();
        BodyJson.Apply(options.PayloadSerializerOptions);
        return options;
    }

    /// <summary>The same bytes in pieces, as they come from the network.</summary>
    private static ReadOnlySequence<byte> Pieces(byte[] bytes)
    {
        const int Length = 3;
        if (bytes.Length == 0)
            return default;

        var first = new Piece(bytes.AsMemory(0, Math.Min(Length, bytes.Length)), null);
        var last = first;
        for (var at = Length; at < bytes.Length; at += Length)
            last = new Piece(bytes.AsMemory(at, Math.Min(Length, bytes.Length - at)), last);

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private static void Positions(byte[] bytes)
    {
        var whole = Read(new ReadOnlySequence<byte>(bytes));
        Held.Same(whole, Read(Pieces(bytes)), "positions in pieces");
        if (PositionBatch.TryParseOne(new ReadOnlySequence<byte>(bytes), "W1") is { } one)
            Held.Same([one], whole, "a position alone");

        static IReadOnlyList<PositionItem>? Read(ReadOnlySequence<byte> sent)
        {
            try
            {
                return PositionBatch.Parse(sent).Items;
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                return null;
            }
        }
    }

    private static void Events(byte[] bytes) => Held.IsRead<BadHttpRequestException>(() =>
    {
        var context = new DefaultHttpContext();
        context.Request.ContentType = "application/json";
        context.Request.Body = new MemoryStream(bytes);
        var batch = SensorBatch.BindAsync(context, null!).AsTask().GetAwaiter().GetResult();
        Held.That(batch.Items.Count <= SensorBatch.ItemsMax, "a bound of events");
    });

    /// <summary>The first byte says of which call.</summary>
    private static void Body(byte[] bytes)
    {
        if (bytes.Length == 0)
            return;

        Held.IsRead<JsonException>(() =>
        {
            var type = s_bodies[bytes[0] % s_bodies.Length];
            var body = JsonSerializer.Deserialize(bytes.AsSpan(1), type, BodyJson.Options);
            var written = JsonSerializer.Serialize(body, type, BodyJson.Options);
            var again = JsonSerializer.Deserialize(written, type, BodyJson.Options);
            Held.That(written == JsonSerializer.Serialize(again, type, BodyJson.Options), $"{type.Name}: {written}");
        });
    }

    private static void Form(string text)
    {
        var form = new FormCollection(QueryHelpers.ParseQuery(text));
        var report = new ReportForm(
            form, name => form[name] is [{ Length: > 0 } value, ..] ? value : null, s_view,
            AreaCode.Parse(SmallDistrict.Code), s_locator);
        if (report.Faults.Count > 0)
            return;

        Held.That(report.Standard is not null && s_view.Areas.ContainsKey(report.Grid), "a service and a grid");
        Held.That(report.Position is null or { IsValid: true }, "a position");
        Held.That(report.Description.Length <= IncidentCommand.TextMax, "a bound of texts");
        Held.That((report.Reporter?.Length ?? 0) <= ReportEndpoint.ReporterMax, "a bound of reporters");
    }

    private static void Frames(byte[] bytes)
    {
        var whole = Read(bytes, bytes.Length);
        Held.That(whole == Read(bytes, 1) && whole == Read(bytes, 5), $"{whole}: the same frames across any cut");

        static string Read(byte[] bytes, int step)
        {
            var (frames, read) = (new MaskedFrames(), new StringBuilder());
            try
            {
                for (var at = 0; at < bytes.Length; at += step)
                {
                    var data = bytes[at..Math.Min(at + step, bytes.Length)].AsSpan();
                    while (frames.TryNext(ref data, out var kind, out var run, out var isEnd))
                        read.Append(isEnd ? $"{Convert.ToHexString(run)} {kind};" : Convert.ToHexString(run));
                }
            }
            catch (InvalidDataException e)
            {
                read.Append(e.Message);
            }

            return $"{read}";
        }
    }

    private static void Messages(byte[] bytes) => Held.IsRead<InvalidDataException>(() =>
    {
        var input = Pieces(bytes);
        while (s_hub.TryParseMessage(ref input, new HubBinder(), out var message))
        {
            if (message is InvocationMessage { Target: { } target } call)
                Held.That(call.Arguments.Length == HubBinder.Types(target).Length, "as many arguments as it takes");
        }
    });

    private static void Photos(byte[] bytes)
    {
        var (photo, stored, fault) = Read(bytes);
        Held.That(photo is null != fault is null, "a photo or a reason");
        if (stored is null)
            return;

        Held.That(PhotoReader.IsBare(stored.Bytes) && stored.Bytes.Length <= Photo.BytesMax, "the picture alone");
        var (again, _, why) = Read(stored.Bytes);
        Held.That(again is not null && again.Hash == photo!.Hash, $"what is kept is kept as it is: {why}");
        Held.That(SKBitmap.Decode(stored.Thumbnail) is not null, "a small one");

        static (Photo? Photo, Contracts.Storage.StoredPhoto? Stored, string? Fault) Read(byte[] bytes) =>
            s_photos.ReadAsync(bytes, PhotoKind.Other, default).GetAwaiter().GetResult();
    }

    private sealed class Fixed : IDirectory
    {
        public DirectoryView Current => s_view;
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory, Piece? before)
        {
            Memory = memory;
            if (before is null)
                return;

            RunningIndex = before.RunningIndex + before.Memory.Length;
            before.Next = this;
        }
    }

    /// <summary>What SignalR knows of the hub.</summary>
    private sealed class HubBinder : IInvocationBinder
    {
        private static readonly Dictionary<string, Type[]> s_methods = typeof(MeshHub)
            .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .ToDictionary(
                method => method.Name, method => method.GetParameters().Select(one => one.ParameterType).ToArray(),
                StringComparer.OrdinalIgnoreCase);

        public static Type[] Types(string method) =>
            s_methods.TryGetValue(method, out var types)
                ? types
                : throw new InvalidOperationException("no such method");

        public IReadOnlyList<Type> GetParameterTypes(string methodName) => Types(methodName);

        public Type GetReturnType(string invocationId) => typeof(object);

        public Type GetStreamItemType(string streamId) => throw new InvalidOperationException("no streams");
    }
}
