using System.Net;
using System.Text.Json;
using GridMesh.Contracts.Storage;
using GridMesh.Product.Fixture;
using Microsoft.Extensions.DependencyInjection;

namespace GridMesh.Gateway.Tests.Attacks;

/// <summary>
/// The work of a grid from the first report to the last word, step by step: each is tried first by everybody whose
/// business it is not, as it would be right, and only then done by whose it is. So no attack fails because it was no
/// more than badly put.
/// </summary>
public sealed class ForeignerTests : IAsyncLifetime
{
    private const string Grid = SmallDistrict.Grid;
    private const string Stranger = "a resident";

    private static readonly (string Name, string Role, string Area, string? Worker, string[] Lines)[] s_foreigners =
    [
        ("a viewer", "viewer", SmallDistrict.Code, null, []),
        (Stranger, "resident", SmallDistrict.Code, "R-other", []),
        ("a worker of another grid", "worker", SmallDistrict.FarGrid, SmallDistrict.WorkerOf(SmallDistrict.FarGrid),
            []),
        ("the leader of another grid", "lead", SmallDistrict.FarGrid, SmallDistrict.LeadOf(SmallDistrict.FarGrid), []),
        ("the dispatcher of another town", "dispatcher", SmallDistrict.OtherTown, null, []),
        ("the inspector of another town", "inspector", SmallDistrict.OtherTown, null, []),
        ("the supervisor of another town", "supervisor", SmallDistrict.OtherTown, null, []),
        ("the administrator of another town", "admin", SmallDistrict.OtherTown, null, []),
        ("the administrator of another district", "admin", "450106", null, []),
        ("a worker of another line", "worker", Grid, SmallDistrict.WorkerOf(Grid, 2), ["Epidemic"]),
        ("a dispatcher of another line", "dispatcher", SmallDistrict.Code, null, ["Epidemic"]),
        ("a supervisor of another line", "supervisor", SmallDistrict.Code, null, ["Epidemic"]),
    ];

    /// <summary>Of reports, of people who serve all lines and of webhooks about their own they are none.</summary>
    private static readonly string[] s_ofOtherLines =
        ["a worker of another line", "a dispatcher of another line", "a supervisor of another line"];

    private readonly Dictionary<string, HttpClient> _foreigners = [];
    private readonly Dictionary<string, HttpClient> _own = [];
    private readonly List<string> _faults = [];
    private MeshApp _app = null!;
    private int _refused;

    public async ValueTask InitializeAsync()
    {
        _app = await MeshApp.StartAsync();
        _foreigners["nobody"] = _app.Http;
        foreach (var (name, role, area, worker, lines) in s_foreigners)
            _foreigners[name] = await _app.SignInAsync(role, area, worker, lines);

        foreach (var (name, role, area, worker) in new[]
        {
            ("worker", "worker", Grid, SmallDistrict.WorkerOf(Grid)),
            ("lead", "lead", Grid, SmallDistrict.LeadOf(Grid)),
            ("department", "worker", SmallDistrict.Code, "D-fire"),
            ("reporter", "resident", SmallDistrict.Code, "R-reports"),
            ("dispatcher", "dispatcher", SmallDistrict.Code, null),
            ("inspector", "inspector", SmallDistrict.Code, null),
            ("supervisor", "supervisor", SmallDistrict.Code, null), ("admin", "admin", SmallDistrict.Code, null),
        })
        {
            _own[name] = await _app.SignInAsync(role, area, worker);
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact(DisplayName = "[AC1, AC2, AC3, AC6] whose business a step is not, from nobody to the administrator of another district, does none of those that the work of a grid takes")]
    public async Task Work()
    {
        await CaseAsync();
        await SideWaysAsync();
        await PeopleAsync();
        await HouseholdsAsync();
        _faults.ShouldBeEmpty(string.Join('\n', _faults));
        TestContext.Current.TestOutputHelper?.WriteLine($"{_refused} attacks refused");
        _refused.ShouldBeGreaterThan(400);
    }

    private async Task CaseAsync()
    {
        var id = (await ReportAsync("litter")).Id();
        var worker = SmallDistrict.WorkerOf(Grid);
        var soon = TimeProvider.System.GetUtcNow().AddHours(1);
        string At(string command) => $"incidents/{id}/{command}";
        await StepAsync("worker", At("note"), new { text = "看过" });
        await StepAsync("dispatcher", At("grade"), new { severity = "Urgent", reason = "急" });
        await StepAsync("dispatcher", At("dispatch"), new { owner = worker });
        await StepAsync("worker", At("accept"), new { });
        await StepAsync("worker", At("extend"), new { hours = 1, reason = "等料" });
        await StepAsync("supervisor", At("extension"), new { grant = true });
        await StepAsync("supervisor", At("suspend"), new { reason = "停工" });
        await StepAsync("supervisor", At("resume"), new { });
        await StepAsync("supervisor", At("supervise"), new { level = 1, reason = "盯" });
        await StepAsync("dispatcher", At("remind"), new { reason = "催" });
        await StepAsync("dispatcher", At("summon"), new { departments = new[] { "D-fire" }, by = soon, reason = "来" });
        await StepAsync("department", At("check-in"), new { });
        await StepAsync("worker", At("resolve"), new { result = "清了" });
        await StepAsync("inspector", At("inspect"), new { pass = true });
        await StepAsync("dispatcher", At("feedback"), new { text = "好了" });
        await StepAsync("reporter", At("evaluate"), new { score = 5 }, except: Stranger);
        await StepAsync("inspector", At("reopen"), new { reason = "又有了" });
        await StepAsync("dispatcher", At("escalate"), new { reason = "管不了" });
        await StepAsync("dispatcher", At("hand-back"), new { to = SmallDistrict.Community, reason = "自己办" });
    }

    private async Task SideWaysAsync()
    {
        var known = (await ReportAsync("litter")).Id();
        await StepAsync("dispatcher", $"incidents/{(await ReportAsync("litter")).Id()}/merge", new { into = known });
        await StepAsync("dispatcher", $"incidents/{(await ReportAsync("litter")).Id()}/reject", new { reason = "不归" });
        await StepAsync("worker", $"incidents/{known}/self-handle", new { });
        await StepAsync("worker", $"incidents/{known}/return", new { reason = "不会" });
        var dispute = (await ReportAsync("dispute")).Id();
        await StepAsync("dispatcher", $"incidents/{dispute}/dispatch", new { owner = SmallDistrict.WorkerOf(Grid) });
        await StepAsync("worker", $"incidents/{dispute}/accept", new { });
        await StepAsync(
            "worker", $"incidents/{dispute}/parties",
            new { parties = new[] { new { name = "甲" }, new { name = "乙" } } });
        await StepAsync("worker", $"incidents/{dispute}/mediations", new
        {
            heldAt = TimeProvider.System.GetUtcNow(), mediator = "某", outcome = "Adjourned", text = "再谈",
        });
        await StepAsync(
            "dispatcher", $"incidents/{dispute}/lines", new { lines = new[] { "Emergency" }, reason = "帮" });
    }

    private async Task PeopleAsync()
    {
        var worker = SmallDistrict.WorkerOf(Grid);
        await StepAsync("worker", $"workers/{worker}/shift", new { onDuty = true }, except: s_ofOtherLines);
        var plan = await StepAsync("lead", $"areas/{Grid}/patrol-plans", new
        {
            name = "巡", line = "UrbanManagement", windows = new[] { new { from = "00:00", to = "23:59" } },
            checkpoints = new[] { new { id = "c1", name = "门", position = SmallDistrict.PointIn(Grid) } },
        });
        await StepAsync("lead", $"areas/{Grid}/patrol-plans/{plan.Id()}/end", new { reason = "换" });
        var day = TimeProvider.System.GetUtcNow().AddHours(8).ToString("yyyy-MM-dd");
        var review = await StepAsync("dispatcher", $"areas/{Grid}/reviews", new
        {
            heldOn = day, items = new[] { new { topic = "题", decision = "定", responsible = "某", dueOn = day } },
        });
        await StepAsync("dispatcher", $"areas/{Grid}/reviews/{review.Id()}/items/1/finish", new { text = "办了" });
        var hook = await StepAsync("admin", "subscriptions", new
        {
            name = "钩", url = "https://example.com/hook", area = SmallDistrict.Town,
            secret = "0123456789abcdef0123456789abcdef",
        }, except: s_ofOtherLines);
        await StepAsync("admin", $"subscriptions/{hook.Id()}", null, HttpMethod.Delete);
    }

    private async Task HouseholdsAsync()
    {
        var building = SmallDistrict.BuildingOf(Grid);
        var yesterday = TimeProvider.System.GetUtcNow().AddDays(-1);
        var watch = await StepAsync("worker", $"buildings/{building}/watches", new
        {
            household = "3-502", consent = new { by = "子", at = yesterday },
        });
        await StepAsync("worker", $"buildings/{building}/watches/{watch.Id()}/withdraw", new { reason = "搬了" });
        var link = await StepAsync("lead", $"areas/{Grid}/visit-links", new
        {
            kind = "General", visitor = SmallDistrict.WorkerOf(Grid), building, household = "3-503",
        });
        await StepAsync("worker", $"areas/{Grid}/visit-links/{link.Id()}/visits", new { text = "好" });
        await StepAsync("lead", $"areas/{Grid}/visit-links/{link.Id()}/end", new { reason = "搬了" });
        var asked = await _own["reporter"].SendAsync(
            "services",
            new { grid = Grid, matter = "school-place", mode = "ForYou", name = "某", phone = "13955556666" });
        var service = $"services/{(await asked.JsonAsync()).Id()}";
        await StepAsync("worker", $"{service}/take", new { });
        await StepAsync("worker", $"{service}/need-documents", new { text = "缺" });
        await StepAsync("worker", $"{service}/documents-came", new { });
        await StepAsync("worker", $"{service}/finish", new { text = "办了" });
        await StepAsync("reporter", $"{service}/rate", new { score = 5 });
    }

    /// <summary>Whoever sees something reports it; which line it is of is not the reporter's affair.</summary>
    private Task<JsonElement> ReportAsync(string category) => StepAsync(
        "reporter", "incidents",
        new { category, description = "某", grid = Grid, position = SmallDistrict.PointIn(Grid) },
        except: [Stranger, .. s_ofOtherLines]);

    private async Task<JsonElement> StepAsync(
        string by, string path, object? body, HttpMethod? method = null, params string[] except)
    {
        var journal = _app.Services.GetRequiredService<IJournal>();
        var before = await HeadAsync(journal);
        foreach (var (name, client) in _foreigners.Where(one => !except.Contains(one.Key)))
        {
            using var tried = await SendAsync(client, path, body, method);
            if (await IsRefusedAsync(tried))
                _refused++;
            else
                _faults.Add($"{name} {path}: {(int)tried.StatusCode} {await tried.Content.ReadAsStringAsync()}");
        }

        if (await HeadAsync(journal) != before)
            _faults.Add($"{path} was done by somebody whose business it is not");

        using var done = await SendAsync(_own[by], path, body, method);
        var text = await done.Content.ReadAsStringAsync();
        done.IsSuccessStatusCode.ShouldBeTrue($"{by} {path}: {text}\n{string.Join('\n', _faults)}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    private static async Task<bool> IsRefusedAsync(HttpResponseMessage answer) =>
        answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound
        || await answer.CodeAsync() == "OnlyReporterOrInspectorMayReopen";

    private static Task<HttpResponseMessage> SendAsync(
        HttpClient client, string path, object? body, HttpMethod? method) =>
        method == HttpMethod.Delete ? client.DeleteAsync($"/api/v1/{path}") : client.SendAsync(path, body!);

    private static async Task<long> HeadAsync(IJournal journal) => await journal.ReadAllAsync().CountAsync();
}
