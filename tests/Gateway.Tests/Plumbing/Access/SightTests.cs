using System.Globalization;
using System.Net;
using System.Text.Json;
using GridMesh.Client;
using GridMesh.Product.Fixture;
using Microsoft.AspNetCore.SignalR.Client;

namespace GridMesh.Gateway.Tests.Plumbing.Access;

/// <summary>
/// Something that few may see is put into every kind of thing; then everybody reads at every endpoint, and what was
/// found is compared with who may see what.
/// </summary>
public sealed class SightTests : IAsyncLifetime
{
    private const string Grid = "450105002001001";
    private const string Number = "13811112222";
    private const string Words = "138****2222";
    private const string Note = "staff-note-7";
    private const string Party = "甲方某某";
    private const string Watched = "watched-3-502";
    private const string Visited = "visited-3-503";
    private const string HelpedNumber = "13955556666";
    private const string Helped = "139****6666";
    private const string Minutes = "minutes-of-all-lines";
    private const string Plan = "plan-of-urban";
    private const string Reporter = "R-reports";
    private const string Case = "the case";
    private const string Worker = "a worker";

    private static readonly string[] s_roles =
    [
        "viewer", "worker", "worker elsewhere", "department", "department called", "lead", "dispatcher", "inspector",
        "supervisor", "admin", "reporter", "resident",
    ];

    private static readonly string s_today =
        TimeProvider.System.GetUtcNow().AddHours(8).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private MeshApp _app = null!;
    private string _case = "C";
    private string _dispute = "D";
    private string _service = "S";

    public async ValueTask InitializeAsync() => _app = await MeshApp.StartAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task PrepareAsync()
    {
        var resident = await SignInAsync("reporter");
        _case = (await resident.ReportAsync(Grid, "litter", description: $"垃圾，电话 {Number}")).Id();
        var dispatcher = await SignInAsync("dispatcher");
        var worker = await SignInAsync("worker");
        var id = SmallDistrict.WorkerOf(Grid);
        await SucceedAsync(worker, $"workers/{id}/shift", new { onDuty = true });
        await SucceedAsync(worker, $"incidents/{_case}/note", new { text = Note });
        await SucceedAsync(
            dispatcher, $"incidents/{_case}/summon",
            new { departments = new[] { "D-fire" }, by = DateTimeOffset.UtcNow.AddHours(1), reason = "来" });
        _dispute = (await dispatcher.ReportAsync(Grid, "dispute")).Id();
        await SucceedAsync(dispatcher, $"incidents/{_dispute}/dispatch", new { owner = id });
        await SucceedAsync(worker, $"incidents/{_dispute}/accept", new { });
        await SucceedAsync(
            worker, $"incidents/{_dispute}/parties",
            new { parties = new[] { new { name = Party }, new { name = "乙" } } });
        var building = SmallDistrict.BuildingOf(Grid);
        await SucceedAsync(
            worker, $"buildings/{building}/watches",
            new { household = Watched, consent = new { by = "子", at = DateTimeOffset.UtcNow.AddDays(-1) } });
        var lead = await SignInAsync("lead");
        await SucceedAsync(
            lead, $"areas/{Grid}/visit-links", new { kind = "General", visitor = id, building, household = Visited });
        await SucceedAsync(lead, $"areas/{Grid}/patrol-plans", new
        {
            name = Plan, line = "UrbanManagement", windows = new[] { new { from = "00:00", to = "23:59" } },
            checkpoints = new[] { new { id = "c1", name = Plan, position = SmallDistrict.PointIn(Grid) } },
        });
        await SucceedAsync(lead, $"areas/{Grid}/reviews", new
        {
            heldOn = s_today,
            items = new[] { new { topic = Minutes, decision = "改", responsible = "某", dueOn = s_today } },
        });
        var asked = await SucceedAsync(
            resident, "services",
            new { grid = Grid, matter = "school-place", mode = "ForYou", name = "某", phone = HelpedNumber });
        _service = asked.Id();
    }

    [Fact(DisplayName = "[AC9] at every endpoint everybody reads what is theirs to see, and nothing else: role by role, of one line and of all")]
    public async Task Matrix()
    {
        await PrepareAsync();
        var faults = new List<string>();
        foreach (var role in s_roles)
        {
            foreach (var line in new[] { null, "UrbanManagement", "Emergency", "CivilAffairs" })
            {
                var client = await SignInAsync(role, line);
                var seen = new Dictionary<string, string>();
                foreach (var endpoint in Endpoints)
                {
                    var answer = await client.GetAsync(endpoint.StartsWith('/') ? endpoint : $"/api/v1/{endpoint}");
                    ((int)answer.StatusCode).ShouldBeLessThan(500, endpoint);
                    Look(await answer.Content.ReadAsStringAsync(), endpoint, seen);
                }

                await LookAtHubAsync(role, line, seen);
                var expected = Expected(role, line).ToHashSet();
                faults.AddRange(
                    seen.Where(one => !expected.Contains(one.Key))
                    .Select(one => $"{role}/{line ?? "all"} reads {one.Key} at {one.Value}"));
                faults.AddRange(
                    expected.Where(one => !seen.ContainsKey(one))
                    .Select(one => $"{role}/{line ?? "all"} does not read {one}"));
            }
        }

        faults.ShouldBeEmpty(string.Join('\n', faults));
    }

    [Fact(DisplayName = "[AC9] no endpoint where something is read is left out of that comparison")]
    public async Task Complete()
    {
        using var document = JsonDocument.Parse(await _app.Http.GetStringAsync("/openapi/v1.json"));
        var paths = document.RootElement.GetProperty("paths").EnumerateObject()
            .Where(path => path.Value.TryGetProperty("get", out _)).Select(path => path.Name).ToList();
        var walked = Endpoints.Select(one => (one.StartsWith('/') ? one : $"/api/v1/{one}").Split('?')[0]).ToList();
        paths.Where(path => !s_harmless.Contains(path) && !walked.Any(one => Fits(path, one))).ShouldBeEmpty();
    }

    /// <summary>What anybody who may call them reads the same: the rules, the directory, this installation.</summary>
    private static readonly HashSet<string> s_harmless =
    [
        "/api/v1/areas.geojson", "/api/v1/areas/at", "/api/v1/areas/{code}/children", "/api/v1/categories",
        "/api/v1/services/matters", "/api/v1/sensors/unknown", "/api/v1/subscriptions", "/api/v1/subscriptions/{id}",
        "/api/v1/subscriptions/{id}/dead-letters", "/api/v1/hotline/orders/{number}", "/dev/users",
        "/api/v1/areas/{code}/service-code", "/api/v1/areas/{code}/patrol-plans/{plan}/checkpoints/{id}/code",
        "/api/v1/incidents/{id}/evidence/{hash}", "/api/v1/accesses", "/api/v1/rules", "/api/v1/rules/versions",
        "/api/v1/standards", "/api/v1/standards.csv", "/api/v1/calendar", "/api/v1/calendar.csv",
        "/api/v1/calendar.ics",
        "/api/v1/ladders", "/api/v1/ladders.csv", "/auth/me", "/auth/sessions", "/healthz/live", "/healthz/ready",
        "/metrics",
    ];

    private string[] Endpoints =>
    [
        $"areas/{Grid}", $"areas/{SmallDistrict.OtherTown}", "incidents?limit=200", $"incidents?q={_case}",
        $"incidents/{_case}", $"incidents/{_dispute}",
        $"incidents/{_case}/reporter", $"incidents/{_dispute}/reporter", $"services/{_service}/contact",
        $"incidents/{_case}/candidates", "workers?limit=500", $"workers/{SmallDistrict.WorkerOf(Grid)}",
        $"workers/{SmallDistrict.WorkerOf(Grid)}/track",
        $"buildings/{SmallDistrict.BuildingOf(Grid)}", $"buildings/{SmallDistrict.BuildingOf(Grid)}/watches",
        $"areas/{Grid}/watches", $"areas/{Grid}/visits",
        $"areas/{Grid}/services", $"services/{_service}", $"areas/{Grid}/patrol-plans", $"areas/{Grid}/patrols",
        $"areas/{Grid}/review", $"areas/{Grid}/reviews",
        $"kpis?area={Grid}", $"kpis/children?area={SmallDistrict.OtherTown}", $"public/incidents/{_case}",
        $"incidents/similar?category=litter&lng={SmallDistrict.PointIn(Grid).Lng}&lat={SmallDistrict.PointIn(Grid).Lat}",
    ];

    private static IEnumerable<string> Expected(string role, string? line)
    {
        bool Serves(string one) => line is null || line == one;
        var isResident = role is "reporter" or "resident";
        var isHere = role != "worker elsewhere";
        var isViewer = role == "viewer";
        if (role == "reporter" || (!isResident && isHere && (Serves("UrbanManagement") || role == "department called")))
        {
            yield return Case;
            if (!isViewer)
                yield return Words;

            if (!isResident)
                yield return Note;

            if (!isViewer)
                yield return Reporter;

            if (role is "lead" or "dispatcher" or "inspector" or "supervisor" or "admin" or "reporter")
                yield return Number;
        }

        // The worker owns the dispute, and so sees it whatever the line.
        if (!isResident && isHere && !isViewer && (line is null || role == "worker"))
            yield return Party;

        if (!isResident && isHere)
        {
            yield return Worker;
            if (Serves("UrbanManagement"))
                yield return Plan;
        }

        if (line is null && role is ("lead" or "dispatcher" or "inspector" or "supervisor" or "admin"))
            yield return Minutes;

        if (Serves("CivilAffairs") && role is ("worker" or "lead" or "dispatcher" or "supervisor"))
        {
            yield return Watched;
            yield return Visited;
            yield return Helped;
            yield return HelpedNumber;
        }
        else if (role == "worker")
        {
            // It is who visits the household, whatever its lines.
            yield return Visited;
        }
    }

    private void Look(string text, string endpoint, Dictionary<string, string> seen)
    {
        foreach (var secret in new[] { Number, Words, Note, Party, Watched, Visited, Helped, HelpedNumber, Minutes,
            Plan, Reporter })
        {
            if (text.Contains(secret, StringComparison.Ordinal))
                seen.TryAdd(secret, endpoint);
        }

        if (text.Contains($"\"id\":\"{_case}\"", StringComparison.Ordinal)
            && !endpoint.StartsWith("public/", StringComparison.Ordinal)
            && !endpoint.StartsWith("incidents/similar", StringComparison.Ordinal))
        {
            seen.TryAdd(Case, endpoint);
        }

        if (text.Contains($"\"{SmallDistrict.WorkerOf(Grid)}\",\"name\"", StringComparison.Ordinal)
            || text.Contains($"{{\"id\":\"{SmallDistrict.WorkerOf(Grid)}\"", StringComparison.Ordinal))
        {
            seen.TryAdd(Worker, endpoint);
        }
    }

    private async Task LookAtHubAsync(string role, string? line, Dictionary<string, string> seen)
    {
        await using var hub = LiveView.Connect(_app.Url, await TokenAsync(role, line));
        await hub.StartAsync();
        try
        {
            var answer = await hub.InvokeAsync<JsonElement>("Watch", Grid, null);
            Look(answer.GetRawText(), "the hub", seen);
        }
        catch (Microsoft.AspNetCore.SignalR.HubException e)
        {
            e.Message.ShouldMatch("RoleMayNot|AreaIsOutsideYourOwn");
        }
    }

    private static bool Fits(string path, string endpoint)
    {
        var (parts, steps) = (path.Split('/'), endpoint.Split('/'));
        return parts.Length == steps.Length
            && parts.Zip(steps).All(pair => pair.First.StartsWith('{') || pair.First == pair.Second);
    }

    private async Task<HttpClient> SignInAsync(string role, string? line = null)
    {
        var (name, area, worker) = Person(role);
        return await _app.SignInAsync(name, area, worker, line is null ? [] : [line]);
    }

    private async Task<string> TokenAsync(string role, string? line)
    {
        var (name, area, worker) = Person(role);
        return await _app.TokenAsync(name, area, worker, line is null ? [] : [line]);
    }

    private static (string Role, string Area, string? Worker) Person(string who) => who switch
    {
        "worker" => ("worker", Grid, SmallDistrict.WorkerOf(Grid)),
        "worker elsewhere" => ("worker", SmallDistrict.FarGrid, SmallDistrict.WorkerOf(SmallDistrict.FarGrid)),
        "department" => ("worker", SmallDistrict.Code, "D-urban"),
        "department called" => ("worker", SmallDistrict.Code, "D-fire"),
        "lead" => ("lead", Grid, SmallDistrict.LeadOf(Grid)),
        "reporter" => ("resident", SmallDistrict.Code, Reporter),
        "resident" => ("resident", SmallDistrict.Code, "R-other"),
        _ => (who, SmallDistrict.Code, null),
    };

    private static async Task<JsonElement> SucceedAsync(HttpClient client, string path, object body)
    {
        var answer = await client.SendAsync(path, body);
        answer.IsSuccessStatusCode.ShouldBeTrue($"{path}: {await answer.Content.ReadAsStringAsync()}");
        return answer.StatusCode == HttpStatusCode.NoContent ? default : await answer.JsonAsync();
    }
}
