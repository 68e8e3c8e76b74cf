using System.ComponentModel.DataAnnotations;
using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Gateway.Plumbing.Access;
using GridMesh.Gateway.Plumbing.Descriptions;
using GridMesh.Gateway.Plumbing.Input;
using GridMesh.Gateway.Plumbing.Problems;

namespace GridMesh.Gateway.Web;

internal sealed record TokenBody
{
    [Required]
    [AllowedValues(
        "viewer", "worker", "lead", "dispatcher", "inspector", "supervisor", "resident", "admin")]
    public string? Role { get; init; }

    [Required, RegularExpression(TextForms.Area)]
    public string? Area { get; init; }

    [MaxLength(MeshClaims.TextMax)]
    public string? Worker { get; init; }

    [NamesOf<Line>]
    public IReadOnlyList<string>? Lines { get; init; }
}

internal sealed record TokenAnswer(string Token, DateTimeOffset ExpiresAt);

internal sealed record DemoUser(string Label, string LabelEn, string Role, AreaCode Area, string? Worker);

/// <summary>Tokens for the asking and users to choose from: only in Development, never elsewhere.</summary>
internal static class DevelopmentEndpoints
{
    public static void MapDevelopment(this IEndpointRouteBuilder app)
    {
        var development = app.Tagged(ApiTags.Development);
        development.MapPost("dev/tokens", Token).AllowAnonymous()
            .Describe("makeToken", "A token for any role (Development only)", "开发用令牌（仅开发环境）")
            .Produces<TokenAnswer>();
        development.MapGet("dev/users", Users).AllowAnonymous()
            .Describe("listDemoUsers", "Demo users (Development only)", "演示用户（仅开发环境）")
            .Produces<IReadOnlyList<DemoUser>>();
    }

    private static IResult Token(TokenBody body, TokenSigner signer, AuthOptions auth)
    {
        var check = new Check();
        var role = check.OneOf<Role>(body.Role, "role");
        var area = check.Area(body.Area, "area");
        var worker = check.OptionalText(body.Worker, "worker", MeshClaims.TextMax);
        check.That(body.Role is { Length: > 0 }, "role", "is required");
        check.That(body.Area is { Length: > 0 }, "area", "is required");
        check.That(role is not Role.Worker || worker is not null, "worker", "is required for the role worker");
        var lines = (body.Lines ?? []).Select(line => check.OneOf<Line>(line, "lines")).OfType<Line>()
            .ToImmutableArray();
        if (check.Failed)
            return check.Problem;

        var sub = worker ?? $"{role.ToString()!.ToLowerInvariant()}@{area}";
        var token = signer.Sign(
            new Actor(sub, sub, role!.Value, area!.Value, worker, lines),
            TimeSpan.FromHours(auth.DevelopmentTokenHours));
        return Results.Ok(new TokenAnswer(token.Text, token.ExpiresAt));
    }

    private static IResult Users(IDirectory directory)
    {
        var view = directory.Current;
        var district = view.Data.Areas.FirstOrDefault(area => area.Code.Tier == Tier.District);
        if (district is null)
            return Results.Ok(Array.Empty<DemoUser>());

        var town = view.ChildrenOf(district.Code).FirstOrDefault();
        var grid = view.Data.Areas.FirstOrDefault(
            area => area.Code.Tier == Tier.Grid && district.Code.Contains(area.Code));
        var worker = grid is null ? null : view.RosterOf(grid.Code).FirstOrDefault(w => w.Kind == WorkerKind.Worker);
        var users = new List<DemoUser>
        {
            new($"{district.Name} 指挥中心大屏", $"{district.NameEn} command centre wall", "viewer", district.Code, null),
            new($"{district.Name} 调度员", $"{district.NameEn} dispatcher", "dispatcher", district.Code, null),
            new($"{district.Name} 督查员", $"{district.NameEn} inspector", "inspector", district.Code, null),
        };
        if (town is not null)
            users.Add(new DemoUser($"{town.Name} 分中心", $"{town.NameEn} sub-centre", "dispatcher", town.Code, null));

        if (grid is not null && worker is not null)
        {
            users.Add(new DemoUser(
                $"{grid.Name} 网格员 {worker.Name}", $"Grid worker {worker.Id}", "worker", grid.Code, worker.Id));
        }

        return Results.Ok(users);
    }
}
