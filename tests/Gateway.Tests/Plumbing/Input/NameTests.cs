using System.Security.Claims;
using System.Text.Json;
using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Json;
using GridMesh.Gateway.Plumbing.Access;
using GridMesh.Product.Fixture;

namespace GridMesh.Gateway.Tests.Plumbing.Input;

public sealed class NameTests(Product product)
{
    private readonly MeshApp _app = product.App;

    [Theory(DisplayName = "[IN1] the name of an enum is one name, whole")]
    [InlineData("Handling", true, true)]
    [InlineData("handling", false, true)]
    [InlineData("Dispatched,Handling", false, false)]
    [InlineData("Dispatched, Handling", false, false)]
    [InlineData("3", false, false)]
    [InlineData("+3", false, false)]
    [InlineData(" 7", false, false)]
    [InlineData(" Handling", false, false)]
    [InlineData("Handling ", false, false)]
    [InlineData("", false, false)]
    [InlineData(null, false, false)]
    public void Whole(string? text, bool isExact, bool isInAnyCase)
    {
        EnumName.TryParse<Step>(text, out var exact).ShouldBe(isExact);
        EnumName.TryParse<Step>(text, out var any, ignoreCase: true).ShouldBe(isInAnyCase);
        exact.ShouldBe(isExact ? Step.Handling : default);
        any.ShouldBe(isInAnyCase ? Step.Handling : default);
        if (!isExact)
            Should.Throw<JsonException>(
                () => JsonSerializer.Deserialize<Step>(JsonSerializer.Serialize(text), MeshJson.Options));
    }

    [Fact(DisplayName = "[IN1] in JSON an enum is its exact name, as a value and as a key")]
    public void Json()
    {
        var steps = new Dictionary<Step, Step?> { [Step.Closed] = Step.Handling, [Step.Merged] = null };
        var json = JsonSerializer.Serialize(steps, MeshJson.Options);
        json.ShouldBe("""{"Closed":"Handling","Merged":null}""");
        JsonSerializer.Deserialize<Dictionary<Step, Step?>>(json, MeshJson.Options).ShouldBe(steps);
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<Step>("3", MeshJson.Options));
    }

    [Theory(DisplayName = "[IN1] a token's role and lines are names, never several made into one")]
    [InlineData("worker,resident", "Emergency", false)]
    [InlineData("7", "Emergency", false)]
    [InlineData(" 7", "Emergency", false)]
    [InlineData("admin", "1", false)]
    [InlineData("admin", "Emergency,Petitions", false)]
    [InlineData("admin", "Emergency", true)]
    [InlineData("Admin", "emergency", true)]
    public void Claimed(string role, string line, bool isRead)
    {
        var user = new ClaimsPrincipal(new ClaimsIdentity(
        [
            new Claim(MeshClaims.Sub, "s"), new Claim(MeshClaims.Role, role), new Claim(MeshClaims.Area, "450105"),
            new Claim(MeshClaims.Lines, line),
        ]));
        MeshClaims.TryRead(user, out var actor, out _).ShouldBe(isRead);
        actor?.Role.ShouldBe(Role.Admin);
    }

    [Theory(DisplayName = "[IN1] a report's severity and line are one name each")]
    [InlineData("severity", "Normal,Urgent")]
    [InlineData("severity", " 1")]
    [InlineData("line", "Emergency,Petitions")]
    public async Task Reported(string field, string value)
    {
        var dispatcher = await _app.SignInAsync("dispatcher");
        var answer = await dispatcher.SendAsync("incidents", new Dictionary<string, string>
        {
            ["category"] = "litter", ["description"] = "x", ["grid"] = SmallDistrict.Grid, [field] = value,
        });
        (await answer.ErrorsAsync()).ShouldBe([field]);
    }

    [Fact(DisplayName = "[IN2] step and line of a search take several names; one that is none is refused by its field")]
    public async Task Several()
    {
        var dispatcher = await _app.SignInAsync("dispatcher");
        var marker = $"several{Guid.NewGuid():N}";
        var reported = await dispatcher.ReportAsync(description: marker);
        var rejected = await dispatcher.ReportAsync(description: marker, category: "dispute");
        await dispatcher.DoAsync(rejected, "reject", new { reason = "test" });
        async Task<string[]> FoundAsync(string query) =>
            [.. (await dispatcher.GetJsonAsync($"incidents?q={marker}&{query}")).GetProperty("items").EnumerateArray()
                .Select(one => one.Id())];

        (await FoundAsync("step=Reported")).ShouldBe([reported.Id()]);
        (await FoundAsync("step=Rejected,Reported")).ShouldBe([rejected.Id(), reported.Id()]);
        (await FoundAsync("step=dispatched,handling")).ShouldBeEmpty();
        (await FoundAsync("line=UrbanManagement,Petitions")).ShouldBe([rejected.Id(), reported.Id()]);
        (await FoundAsync("line=Petitions&step=Reported,Rejected")).ShouldBe([rejected.Id()]);
        (await dispatcher.GetJsonAsync("workers?line=Emergency,Petitions&limit=1")).GetProperty("items")
            .GetArrayLength().ShouldBe(1);
        foreach (var (path, field) in ((string, string)[])
        [
            ("incidents?step=3", "step"), ("incidents?step=Reported,3", "step"),
            ("incidents?step=Reported,,Closed", "step"),
            ("incidents?line=Nothing", "line"), ("workers?line=Emergency,%207", "line"),
            ("kpis?post=Worker,Leader", "post"),
        ])
        {
            (await (await dispatcher.GetAsync($"/api/v1/{path}")).ErrorsAsync()).ShouldBe([field], path);
        }
    }
}
