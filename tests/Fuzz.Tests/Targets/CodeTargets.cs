using System.Globalization;
using System.Security.Claims;
using System.Text.RegularExpressions;
using GridMesh.Contracts.Access;
using GridMesh.Contracts.Clocks;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Json;
using GridMesh.Contracts.Letters;
using GridMesh.Contracts.Storage;
using GridMesh.Exchange.Evidence;
using GridMesh.Gateway.Patrols;
using GridMesh.Gateway.Plumbing.Access;
using GridMesh.Gateway.Plumbing.Input;
using GridMesh.Gateway.Public;
using GridMesh.Gateway.Services;
using GridMesh.Storage.Cases;
using GridMesh.Storage.Databases;

namespace GridMesh.Fuzz.Tests.Targets;

/// <summary>Codes, times and other short texts, and long ones that are masked.</summary>
internal static partial class CodeTargets
{
    private const string Grid = "450105001001001";

    private static readonly AuthOptions s_auth = new() { CodeKey = "a key of codes for tests, 32 bytes long" };
    private static readonly ServiceCodes s_services = new(s_auth);
    private static readonly CheckInCodes s_checkIns = new(s_auth, TimeProvider.System);
    private static readonly string s_service = s_services.Make(AreaCode.Parse(Grid));
    private static readonly string s_checkIn = s_checkIns.Make(AreaCode.Parse(Grid), "p1", "c1", isPrinted: true);
    private static readonly SecretBox s_box = new(new Lazy<byte[]?>(() => new byte[32]));
    private static readonly string s_sealed = s_box.Seal("owner", "a secret");

    public static IEnumerable<Target> All =>
    [
        new(
            "codes of areas", 20_000,
            ["45", "4501", "450105", "450105001", "450105001001", Grid], ["000", "599"], Area),
        new("codes of buildings", 20_000, [Grid + "00001"], ["00000"], Building),
        new(
            "numbers of cases", 20_000,
            [$"{Grid}-261122-0001", $"{Grid}-240229-999999", $"{Grid}-261122-00999", $"{Grid}-261122-0000"], ["-"],
            Case),
        new("rungs of a ladder", 20_000, ["Handling+30 Escalate", "Reported+0 Supervise 3"], ["+", " ", "Step"], Rungs),
        new(
            "times", 20_000,
            ["2026-05-01T08:00:00+08:00", "2026-05-01T08:00Z", "2999-12-31T23:59:59.9999999Z", "2026-05-01"],
            ["T", "Z", "+14:00", "-14:00", ".", "24:00"], Time),
        new("names in queries", 20_000, ["Reported,Handling", "closed"], [",", "Returned", "1"], Names),
        new("cursors of pages", 20_000, [$"8de1a2b3c4d5e6f~{Grid}-261122-0001"], ["~", "ffffffffffffffff"], Cursor),
        new(
            "names of photos", 20_000, [PhotoFiles.NameOf(new string('a', 64), "image/png"), "evidence/x.jpg"],
            ["/", ".", "..", ".webp"], PhotoName),
        new("codes that are scanned", 10_000, [s_service, s_checkIn], [".", "1.service."], Scanned),
        new("claims of a token", 10_000, [
            $"sub=w1\nname=黄伟\nrole=worker\narea={Grid}\nworker=W1\nlines=Emergency", "sub=a\nrole=admin\narea=45"],
            ["\nlines=", "\nrole=lead", "Epidemic", "\nworker="], Claimed),
        new(
            "sealed secrets", 5_000, [s_sealed, "plain", "\u0001aes-gcm:7", "\u0001aes-gcm:AAAA"],
            ["\u0001aes-gcm:", "AAAA", "="], Secret),
        new(
            "texts of people", 3_000,
            [
                "请打 138-0013-8000 或 0771-5551234，车牌 桂A12345，身份证 450105199001011234", "微信号：huang_wei88 a.b@c.com",
                "一三八零零一三八零零零 １３８００１３８０００ 6222 0212 3456 7890 123", "楼上漏水\n地址 address: 1栋\n附图 media: http://a/b",
                "922××999999989400", "桂A3720368547758",
            ],
            ["86", "400", "@", "＠", "×××", " [at] ", "\u200B", "幺", "①", "\n地址 address: "], Personal),
    ];

    private static void Area(string text)
    {
        if (!AreaCode.TryParse(text, out var code, out _))
            return;

        Held.That(code.Value == text, "the text of a code");
        for (AreaCode? at = code; at is { } area; at = area.Parent)
        {
            Held.That(AreaCode.TryParse(area.Value, out _) && area.Contains(code), "every area above is one");
            Held.That(code.At(area.Tier) == area, "an area above by its tier");
        }
    }

    private static void Building(string text)
    {
        if (BuildingCode.TryParse(text, out var code, out _))
            Held.That(code.Value == text && code.Grid.Tier == Tier.Grid, "a building is of a grid");
    }

    private static void Case(string text)
    {
        if (!CaseNumber.TryParse(text, out var number, out _))
            return;

        var day = DateOnly.ParseExact(text.AsSpan(16, 6), "yyMMdd", CultureInfo.InvariantCulture);
        Held.That(CaseNumber.Create(number.Grid, day, number.Serial) == number, "a case has one number");
    }

    private static void Rungs(string text)
    {
        if (Rung.TryParse(text, out var rung))
            Held.That(rung.ToString() == text, "a rung has one text");
    }

    private static void Time(string text)
    {
        if (ZonedTime.TryParse(text, out var at) || ZonedTime.TryParseOrDay(text, out at))
        {
            Held.That(at.Year is >= 2000 and <= 2999, "a time of a district");
            Held.That(ZonedTime.TryParse($"{at:O}", out var again) && again == at, "a time that is written is read");
        }
    }

    private static void Names(string text)
    {
        if (QueryNames<Step>.TryParse(text, out var names))
        {
            var written = string.Join(',', names.Values);
            Held.That(QueryNames<Step>.TryParse(written, out var again), written);
            Held.Same(names.Values, again.Values, "names");
        }

        Held.That(!EnumName.TryParse<Role>(text, out var role) || $"{role}" == text, "a name");
    }

    private static void Cursor(string text) => Held.IsRead<FormatException>(() =>
    {
        var cursor = CaseCursor.Parse(text);
        Held.That(CaseCursor.Parse(cursor.ToString()) == cursor, "a cursor that is written is read");
    });

    private static void PhotoName(string text)
    {
        if (PhotoFiles.TryParse(text, out var hash, out var type))
            Held.That(Path.GetFileName(text) == Path.GetFileName(PhotoFiles.NameOf(hash, type)), "one name");
    }

    private static void Scanned(string text)
    {
        if (s_services.Read(text, out _) is null)
            Held.That(text == s_service, "a code that nobody signed");

        if (s_checkIns.Read(text, out _) is null)
            Held.That(text == s_checkIn, "a code that nobody signed");
    }

    private static void Claimed(string text)
    {
        var claims = text.Split('\n').Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2)
            .Select(pair => new Claim(pair[0], pair[1]));
        if (!MeshClaims.TryRead(PrincipalOf(claims), out var actor, out _))
            return;

        Held.That(MeshClaims.TryRead(PrincipalOf(MeshClaims.Of(actor)), out var again, out var why), $"{why}");
        Held.Same(actor, again, "an actor");
    }

    private static ClaimsPrincipal PrincipalOf(IEnumerable<Claim> claims) => new(new ClaimsIdentity(claims));

    /// <summary>Its base64 may have blanks in it.</summary>
    private static void Secret(string text) => Held.IsRead<StorageUnusableException>(() =>
    {
        var opened = s_box.Open("owner", text);
        Held.That(opened == text || opened == "a secret", "a secret that nobody sealed");
    });

    private static void Personal(string text)
    {
        var masked = PublicText.OfDescription(text);
        Held.That(WholeText.Is(masked) || !WholeText.Is(text), "a letter is cut in two");
        Held.That(!LongNumber().IsMatch(masked), $"no number is left: {masked}");
        Held.That(PersonalText.HalveNumbers(text).Length <= 2 * text.Length, "numbers are half");
    }

    [GeneratedRegex("[0-9]{7}")]
    private static partial Regex LongNumber();
}
