using System.Text.Json;
using GridMesh.Contracts.Care;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Facts;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Json;
using GridMesh.Contracts.Patrols;
using GridMesh.Contracts.Reviews;
using GridMesh.Contracts.Services;
using GridMesh.Contracts.Storage;
using GridMesh.Contracts.Visits;
using GridMesh.Contracts.Workers;
using GridMesh.Exchange;
using GridMesh.Exchange.Areas;
using GridMesh.Exchange.Checks;
using GridMesh.Exchange.Journals;
using GridMesh.Exchange.Rows;
using GridMesh.Grains;
using GridMesh.Grains.Tests.Wire.RoundTrips;
using GridMesh.Product.Fixture;
using GridMesh.Silo.Verify;

namespace GridMesh.Fuzz.Tests.Targets;

/// <summary>What packages are made of: tables, borders, calendars, facts, and the package itself.</summary>
internal static class FileTargets
{
    private static readonly DateTimeOffset s_at = new(2026, 11, 22, 8, 0, 0, TimeSpan.FromHours(8));
    private static readonly DirectoryData s_data = SmallDistrict.Data with
    {
        Ladders =
        [
            new LadderRow(Line.Emergency, null, Severity.Urgent, new Rung(Step.Handling, 30, RungAction.Supervise, 2)),
            new LadderRow(null, "litter", null, new Rung(Step.Reported, 0, RungAction.Escalate)),
        ],
        Calendar = [new CalendarDay(new DateOnly(2026, 10, 1), false, "国庆, \"节\""), new(new(2026, 10, 10), true, "班")],
    };

    private static readonly DirectoryView s_view = new(s_data);
    private static readonly string s_folder = Directory.CreateTempSubdirectory("gridmesh-fuzz-").FullName;

    public static IEnumerable<Target> All =>
    [
        Table(DirectoryTables.Buildings, s_data.Buildings),
        Table(DirectoryTables.Workers, s_data.Workers),
        Table(DirectoryTables.Departments, s_data.Departments),
        Table(DirectoryTables.Devices, s_data.Devices),
        Table(DirectoryTables.Standards, s_data.Standards),
        Table(DirectoryTables.Calendar, s_data.Calendar),
        Table(DirectoryTables.Ladders, s_data.Ladders),
        new(
            PackageFiles.Areas, 1_500,
            [
                Written(stream => AreaFile.WriteTo(stream, s_data.Areas.Take(4))),
                Case("border-with-exclave-and-enclave.geojson"),
                .. new[] { """{"features":[{"properties":{"name":"\ud800"}}]}""", """{"\ud80e":1}""" }
                    .Select(Encoding.UTF8.GetBytes),
            ],
            [
                "\"type\":\"MultiPolygon\",", "\"Point\"", "\"coordinates\"", "[[", "]]", "null", "{}", "[]", "\\ud800",
                "\\u0000", "\"bbox\":[0,0,1,1],", "\"features\":", "\"code\":", "1e400", "[108.3,22.7],",
                "\"geometry\":null",
            ],
            Areas),
        new(
            PackageFiles.ICalendar, 2_000,
            [
                Case("own-export.ics"), Case("ics-duration-p1w.ics"),
                Written(stream => RuleFiles.WriteICalendar(stream, s_data.Calendar, s_at)),
            ],
            [
                "DTSTART;VALUE=DATE:", "DTEND;TZID=Asia/Shanghai:", "DURATION:P1W\r\n", "DURATION:PT24H\r\n",
                "T000000", "Z",
                "RRULE:FREQ=DAILY\r\n", "\r\n ", "\\n", "\\,", "SUMMARY;LANGUAGE=zh:", "STATUS:CANCELLED\r\n",
                "（休）", "（班）",
                "BEGIN:VEVENT\r\n", "END:VEVENT\r\n", ";X=\"a:b\"", "CATEGORIES:WORKDAY", "ENCODING=BASE64", "P",
                "00010101",
            ],
            Calendar),
        new(
            PackageFiles.Journal, 4_000, [Lines(Records()), Lines(Records()[0] with { Version = 0 })],
            [
                "\"payload\":", "\"payloadBase64\":\"AA==\"", "{}", "[]", "null", "\n", "\"version\":0,",
                "\"seq\":-1,", "\\ud800",
                "\"hash\":\"\"", "\"digest\":1,", "\u0000",
            ],
            Journal),
        Facts<IncidentFact>(), Facts<CareFact>(), Facts<ReviewFact>(), Facts<WorkerFact>(), Facts<VisitFact>(),
        Facts<ServiceFact>(), Facts<PatrolFact>(),
        new(
            "imports", 1_000, [.. Histories()],
            ["null", "[]", "\"type\":", "\"version\":", "\\ud800", "0001-01-01", "9999-12-31"],
            Import),
        new("packages as archives", 300, [Archive()], ["PK\u0001\u0002", "../", "areas.geojson", "evidence/"], Package),
        new(
            "anchors", 500,
            [
                JsonSerializer.Serialize(
                    Anchor.Of(s_at, [new ChainEnd(AreaCode.Parse("450105"), 1, 3, "00ff", s_at)], new byte[32]),
                    MeshJson.Options),
                """{"ends":[{}]}""", """{"ends":[null],"signature":""}""",
            ],
            ["null", "[]", "{}", "\"ends\":", "\"signature\":"], Anchored),
    ];

    private static byte[] Case(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Cases", name));

    private static byte[] Written(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return stream.ToArray();
    }

    private static Target Table<T>(CsvTable<T> table, IEnumerable<T> rows)
    {
        var some = rows.Take(6).ToList();
        return new(
            table.File, 2_000, [Written(stream => table.WriteTo(stream, some))],
            [
                ",", "\"", "\"\"", "\r\n", "\uFEFF", "\u0000", ";", "Emergency", "00:00", "1e5", "NaN", "Infinity",
                .. table.Columns,
            ],
            bytes =>
            {
                if (Read(bytes) is not { } read)
                    return;

                var again = Read(Written(stream => table.WriteTo(stream, read)));
                Held.Same(read, again, "rows");
            });

        List<T>? Read(byte[] bytes)
        {
            var problems = new ProblemList();
            var found = table.ReadFrom(new MemoryStream(bytes), problems);
            return problems.IsEmpty ? [.. found.Select(row => row.Value)] : null;
        }
    }

    private static void Areas(byte[] bytes)
    {
        if (Read(bytes) is not { } read)
            return;

        var areas = read.ConvertAll(row => row.Value);
        var again = Read(Written(stream => AreaFile.WriteTo(stream, areas)));
        Held.Same(areas, again?.ConvertAll(row => row.Value), "areas");
        new DirectoryCheck(new DirectoryRows(read, [], [], [], [], [], [], []), new ProblemList()).Run(null);

        static List<Located<AreaEntry>>? Read(byte[] bytes)
        {
            var problems = new ProblemList();
            var found = AreaFile.ReadFrom(new MemoryStream(bytes), problems);
            return problems.IsEmpty ? found : null;
        }
    }

    private static void Calendar(byte[] bytes)
    {
        if (RuleFiles.ReadICalendar(new MemoryStream(bytes)).Rows is not { } days)
            return;

        var written = Written(stream => RuleFiles.WriteICalendar(stream, days, s_at));
        var again = RuleFiles.ReadICalendar(new MemoryStream(written));
        Held.That(again.Rows is not null, $"what was written is read: {string.Join(' ', again.Problems)}");
        Held.Same(days.OrderBy(day => day.Date), again.Rows!.Value.OrderBy(day => day.Date), "days");
    }

    private static void Journal(byte[] bytes) => Held.IsRead<JournalFormatException>(() =>
    {
        var read = JournalFiles.ReadAsync(new MemoryStream(bytes)).ToBlockingEnumerable().ToList();
        var written = Written(stream => Write(stream, read).Wait());
        Held.Same(read, JournalFiles.ReadAsync(new MemoryStream(written)).ToBlockingEnumerable().ToList(), "records");
        foreach (var record in read)
        {
            Held.That(record is { Version: > 0, Seq: > 0 }, "facts are counted from 1");
        }
    });

    private static byte[] Lines(params JournalRecord[] records) => Written(stream => Write(stream, records).Wait());

    private static Task Write(Stream stream, IEnumerable<JournalRecord> records) =>
        JournalFiles.WriteAsync(records.ToAsyncEnumerable(), stream);

    private static JournalRecord[] Records() =>
    [
        .. new[] { """{"type":"IncidentReported","description":"井盖","by":"L1"}""", "no json" }.Select((payload, i) =>
            new JournalRecord(
                i + 1, "450105001001001-261122-0001", i + 1, Guid.Empty, AreaCode.Parse("450105"), "IncidentReported",
                s_at, "L1", Encoding.UTF8.GetBytes(payload), new byte[] { 0, 255 }, i == 0 ? null : -1)),
    ];

    private static Target Facts<TFact>()
        where TFact : class, IFact
    {
        var kinds = FactFamily.KindsOf(typeof(TFact));
        var samples = new[] { Filling.Full, Filling.Empty }.SelectMany(filling =>
            kinds.Select(kind => FactJson.Encode((TFact)new WireSamples(filling).Of(kind))));
        return new(
            $"facts: {typeof(TFact).Name}", 1_000,
            [.. samples, "{}"u8.ToArray(), .. kinds.Select(kind => Encoding.UTF8.GetBytes($$"""{"type":"{{kind.Name}}"}"""))],
            ["null", "[]", "{}", "\"\"", "\"type\":", "\\ud800", "1e99"],
            bytes => Held.IsRead<JsonException>(() =>
            {
                var fact = Decode(bytes);
                var again = FactJson.Encode(fact);
                Held.That(again.AsSpan().SequenceEqual(FactJson.Encode(Decode(again))), "what is written is read");
                PersonalJson.Erase(fact, PersonalPart.Words, isAuthorPersonal: true);
            }));

        static TFact Decode(byte[] payload) => FactJson.Decode<TFact>(Records()[0] with { Payload = payload });
    }

    /// <summary>Each kind of fact behind what it cannot do without.</summary>
    private static IEnumerable<byte[]> Histories() =>
        from kind in GrainKinds.All
        where kind.Facts is not null
        let family = kind.Facts!
        from fact in FactFamily.KindsOf(family)
        let key = kind == GrainKinds.Incident ? Records()[0].Stream : SmallDistrict.Grid
        let facts = (Type[])(kind == GrainKinds.Incident ? [typeof(IncidentReported), fact] : [fact])
        let records = facts.Select((type, i) => Records()[0] with
        {
            Stream = kind.StreamOf(key), Version = i + 1, Seq = i + 1, Type = type.Name,
            Payload = JsonSerializer.SerializeToUtf8Bytes(
                new WireSamples(Filling.Full).Of(type), family, MeshJson.Compact),
        })
        from lines in new[] { Lines([.. records]), Lines(records.Last() with { Version = 1 }) }
        select lines;

    private static void Import(byte[] bytes)
    {
        try
        {
            new JournalReplay(null!).CheckAsync(
                JournalFiles.ReadAsync(new MemoryStream(bytes)), s_view,
                record => PersonalJson.Strip(record.Type, record.Payload)).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is InvalidDataException or JournalFormatException)
        {
            // What an import is refused by.
        }
    }

    private static byte[] Archive()
    {
        var path = Path.Combine(s_folder, "sample.zip");
        DirectoryFiles.WriteAsync(s_data, Records().ToAsyncEnumerable(), path).Wait();
        return File.ReadAllBytes(path);
    }

    private static void Package(byte[] bytes)
    {
        var path = Path.Combine(s_folder, "package.zip");
        File.WriteAllBytes(path, bytes);
        var read = DirectoryFiles.Read(path);
        Held.That(read.Data is null == read.Problems.Count > 0, "data or problems");
        try
        {
            Held.That(JournalFiles.ReadPackageAsync(path).ToBlockingEnumerable().Count() >= 0, "a journal");
        }
        catch (Exception e) when (e is IOException or InvalidDataException or JournalFormatException)
        {
            // What the reader says that it throws.
        }
    }

    private static void Anchored(string text)
    {
        var path = Path.Combine(s_folder, "anchor.json");
        File.WriteAllText(path, text);
        Held.IsRead<IOException>(() => Anchor.Read(path, new byte[32]));
    }
}
