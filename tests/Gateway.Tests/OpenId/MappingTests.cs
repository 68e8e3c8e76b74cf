using System.Net;
using System.Security.Claims;
using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Gateway.OpenId;
using GridMesh.Gateway.Plumbing.Access;
using GridMesh.Product.Fixture;

namespace GridMesh.Gateway.Tests.OpenId;

public sealed class MappingTests(Issuer issuer) : IClassFixture<Issuer>
{
    private static readonly OpenIdOptions s_groups = new()
    {
        RoleClaim = "groups", AreaClaim = "org", WorkerClaim = "staff", LinesClaim = "fields",
        Roles =
        [
            new OpenIdRoleOptions { Value = "/gm/desk", Role = "dispatcher" },
            new OpenIdRoleOptions { Value = "/gm/duty", Role = "Dispatcher" },
            new OpenIdRoleOptions { Value = "/gm/wall", Role = "viewer", Area = SmallDistrict.Town },
            new OpenIdRoleOptions { Value = "/gm/grid", Role = "worker" },
        ],
    };

    [Theory(DisplayName = "[AC23] claims are one role and one area by the mapping, or nobody")]
    [InlineData("groups=/gm/desk org=450105", "Dispatcher 450105")]
    [InlineData("groups=/other groups=/gm/desk groups=/gm/duty org=450105 org=450105", "Dispatcher 450105")]
    [InlineData("groups=/gm/wall org=450105", "Viewer 450105001")]
    [InlineData(
        "groups=/gm/grid org=450105001001001 staff=w1 fields=Petitions fields=emergency",
        "Worker 450105001001001 w1 Emergency,Petitions")]
    [InlineData("org=450105", "NoRole")]
    [InlineData("groups=/GM/desk org=450105", "NoRole")]
    [InlineData("groups=dispatcher role=admin org=450105", "NoRole")]
    [InlineData("groups=/gm/desk groups=/gm/wall org=450105", "SeveralRoles")]
    [InlineData("groups=/gm/desk", "Incomplete")]
    [InlineData("groups=/gm/desk org=x", "Incomplete")]
    [InlineData("groups=/gm/desk org=450105 org=450106", "Incomplete")]
    [InlineData("groups=/gm/grid org=450105001001001", "Incomplete")]
    [InlineData("groups=/gm/desk org=450105 fields=cooking", "Incomplete")]
    [InlineData("groups=/gm/desk org=450105 sub=another", "Incomplete")]
    public void Groups(string claims, string outcome) => Outcome(claims, s_groups).ShouldBe(outcome);

    [Theory(DisplayName = "[AC23] without a mapping the role is one exact name")]
    [InlineData("role=viewer area=450105", "Viewer 450105")]
    [InlineData("role=viewer role=viewer area=450105", "Viewer 450105")]
    [InlineData("role=viewer role=offline area=450105", "SeveralRoles")]
    [InlineData("role=viewer,admin area=450105", "NoRole")]
    [InlineData("role=7 area=450105", "NoRole")]
    public void Plain(string claims, string outcome) => Outcome(claims, new OpenIdOptions()).ShouldBe(outcome);

    [Fact(DisplayName = "[AC23] whom the claims make nobody here gets no session and a page that says why")]
    public async Task Refused()
    {
        Assert.SkipUnless(OpenIdProvider.Missing is null, OpenIdProvider.Missing ?? "");
        await using var app = await issuer.ServeAsync(settings:
        [
            "--GridMesh:OpenId:RoleClaim=groups", "--GridMesh:OpenId:Roles:0:Value=desk",
            "--GridMesh:OpenId:Roles:0:Role=dispatcher",
            "--GridMesh:OpenId:Roles:1:Value=grids", "--GridMesh:OpenId:Roles:1:Role=worker",
        ]);
        foreach (var (claims, refusal) in new (object, string)[]
        {
            (new { groups = new[] { "another" }, area = SmallDistrict.Code }, "NoRole"),
            (new { groups = new[] { "desk", "grids" }, area = SmallDistrict.Code, worker = "w1" }, "SeveralRoles"),
            (new { groups = new[] { "grids" }, area = SmallDistrict.Code, worker = "w-nobody" }, "Incomplete"),
        })
        {
            await issuer.Provider.SayAsync("guest", claims);
            using var browser = new Browser(app);
            (await browser.SignInAsync("guest")).PathAndQuery.ShouldBe($"/?refused={refusal}");
            (await browser.AskAsync()).ShouldBe(HttpStatusCode.Unauthorized);
            browser.Steps.ShouldNotContain(step => step.Cookies.Contains("gridmesh_page"));
        }

        issuer.Log.Events.Count(
            one => one.Number == 4011 && one.Text.Contains("Sign-in of guest from 127.0.0.1 refused")).ShouldBe(3);
        var worker = SmallDistrict.WorkerOf(SmallDistrict.Grid);
        using var one = await issuer.SignInAsync(
            "grid", new { groups = new[] { "grids" }, area = SmallDistrict.Grid, worker }, app);
        (await one.MeAsync()).Text("worker").ShouldBe(worker);
    }

    private static string Outcome(string claims, OpenIdOptions options)
    {
        var reading = OpenIdReading.Of(
            claims.Split(' ').Select(claim => claim.Split('=')).Select(claim => new Claim(claim[0], claim[1]))
                .Append(new Claim("sub", "s")),
            options);
        return reading.Actor is { } actor
            ? string.Join(
                ' ',
                [$"{actor.Role}", $"{actor.Area}", .. actor.Worker is { } worker ? [worker] : Array.Empty<string>(),
                .. actor.Lines.IsEmpty ? Array.Empty<string>() : [string.Join(',', actor.Lines)]])
            : $"{reading.Refusal}";
    }
}
