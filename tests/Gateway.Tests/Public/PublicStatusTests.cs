using System.Net;
using GridMesh.Gateway.Public;
using GridMesh.Gateway.Tests.Open311;
using GridMesh.Product.Fixture;

namespace GridMesh.Gateway.Tests.Public;

public sealed class PublicStatusTests(Product product)
{
    [Fact(DisplayName = "[OP9] whoever has a number sees how far the case is, with nothing personal; an unknown one is 404")]
    public async Task Status()
    {
        var app = product.App;
        var dispatcher = await app.SignInAsync("dispatcher");
        var incident = await dispatcher.ReportAsync();
        var status = await app.Http.GetJsonAsync($"public/incidents/{incident.Id()}");
        (status.Text("step"), status.Text("categoryName"), status.GetProperty("closed").GetBoolean())
            .ShouldBe(("Reported", "暴露垃圾", false));
        status.EnumerateObject().Select(field => field.Name).ShouldBe(
            ["id", "step", "category", "categoryName", "categoryNameEn", "reportedAt", "updatedAt", "dueAt", "closed",
                "text"]);
        await dispatcher.DoAsync(incident, "reject", new { reason = "不属实，见 0771-1234567" });
        status = await app.Http.GetJsonAsync($"public/incidents/{incident.Id()}");
        (status.Text("step"), status.Text("text"), status.GetProperty("closed").GetBoolean())
            .ShouldBe(("Rejected", "不属实，见 ***", true));

        var dispute = await dispatcher.ReportAsync(category: "dispute");
        await dispatcher.DoAsync(dispute, "reject", new { reason = "张三已搬走" });
        (await app.Http.GetStringAsync($"/api/v1/public/incidents/{dispute.Id()}")).ShouldNotContain("张三");
        foreach (var unknown in new[] { $"{incident.Id()[..^4]}9999", "rubbish", $"999999{incident.Id()[6..]}" })
        {
            var answer = await app.Http.GetAsync($"/api/v1/public/incidents/{unknown}");
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await answer.CodeAsync()).ShouldBe("CaseNotFound");
        }
    }

    [Fact(DisplayName = "[OP9] an address cannot try one number after another: numbers that do not exist count five times")]
    public async Task Enumeration()
    {
        await using var app = await MeshApp.StartAsync(
            services: MeshApp.StandStill,
            settings: ["--GridMesh:Limits:LookupPerSecond=1", "--GridMesh:Limits:LookupBurst=20"]);
        var known = await app.Http.ReportedAsync();
        async Task<HttpStatusCode> LookAsync(string path) => (await app.Http.GetAsync(path)).StatusCode;
        for (var i = 1; i <= 4; i++)
            (await LookAsync($"/api/v1/public/incidents/{SmallDistrict.FarGrid}-260101-000{i}"))
                .ShouldBe(HttpStatusCode.NotFound);

        (await LookAsync($"/api/v1/public/incidents/{SmallDistrict.FarGrid}-260101-0009"))
            .ShouldBe(HttpStatusCode.TooManyRequests);
        (await LookAsync($"/open311/v2/requests?service_request_id={known},{known}2,{known}3"))
            .ShouldBe(HttpStatusCode.TooManyRequests);

        // Who has a key is limited by the key instead.
        (await LookAsync($"/open311/v2/requests/{known}.json?api_key={Open311Words.Key}")).ShouldBe(HttpStatusCode.OK);
        (await LookAsync($"/open311/v2/requests/{known}.json?api_key=wrong")).ShouldBe(HttpStatusCode.Forbidden);
    }
}
