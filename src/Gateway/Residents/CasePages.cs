using System.Globalization;
using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;
using GridMesh.Gateway.Incidents;
using GridMesh.Gateway.Plumbing.Access;
using GridMesh.Gateway.Public;
using GridMesh.Gateway.Residents.Pages;

namespace GridMesh.Gateway.Residents;

/// <summary>The list of public cases, one case by its number, and its rating by who reported it.</summary>
internal sealed class CasePages(
    IDirectory directory, PublicLines lines, PublicCases cases, DistrictMaps maps, PageKey key, IncidentService service,
    ReceiptCodes receipts, LookupLimits limits)
{
    public const string Path = "/public";

    public const int CommentMax = 500;

    /// <summary>Whom facts name where a resident rates who has the receipt: nobody.</summary>
    private const string Sub = "public:page";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Path, (HttpContext context, CasePages pages) => pages.HomeAsync(context));
        app.MapGet($"{Path}/cases", Follow);
        app.MapGet($"{Path}/cases/{{id}}", (string id, HttpContext context, CasePages pages) =>
            pages.CaseAsync(id, context));
        app.MapPost($"{Path}/cases/{{id}}", (string id, HttpContext context, CasePages pages) =>
            pages.RateAsync(id, context)).AddEndpointFilter(Paper.OwnFormsOnly);
    }

    public static string PathOf(CaseNumber number) => $"{Path}/cases/{number}";

    private async Task<IResult> HomeAsync(HttpContext context)
    {
        var view = directory.Current;
        if (Paper.DistrictOf(context, view) is not { } district)
            return Paper.NoDirectory(context);

        var state = context.Request.Query["state"].ToString();
        bool? isOpen = state switch { "open" => true, "closed" => false, _ => null };
        var page = int.TryParse(
            context.Request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked)
            ? Math.Clamp(asked, 1, PublicCases.PagesMax)
            : 1;
        var shown = (isOpen, page) is (null, 1)
            ? await cases.NewestAsync(district, context.RequestAborted)
            : cases.Find(district, isOpen, page);
        if (shown is null && !limits.TryTake(context))
            return TooMany(context);

        shown ??= await cases.ReadAsync(district, isOpen, page, context.RequestAborted);
        return Paper.Of<HomePage>(
            context, StatusCodes.Status200OK, ("View", view), ("District", district), ("Page", shown),
            ("Number", page), ("IsOpen", isOpen), ("Map", maps.Of(district)), ("TakesReports", key.IsOpen));
    }

    /// <summary>The form of a number leads to its page; a number that was copied may have anything around it.</summary>
    private static IResult Follow(HttpContext context)
    {
        var number = string.Concat(context.Request.Query["id"].ToString()
            .Where(one => char.IsAsciiLetterOrDigit(one) || one == '-').Take(64));
        return new SeeOther(number.Length == 0 ? Path
            : $"{Path}/{(number.Contains("-S", StringComparison.Ordinal) ? "services" : "cases")}/{number}");
    }

    private async Task<IResult> CaseAsync(string id, HttpContext context)
    {
        var (incident, refusal) = await FindAsync(id, context);
        return refusal ?? Show(context, StatusCodes.Status200OK, incident!, new Fields(), null);
    }

    private async Task<IResult> RateAsync(string id, HttpContext context)
    {
        var form = await Paper.FormAsync(context);
        var (incident, refusal) = await FindAsync(id, context);
        if (refusal is not null)
            return refusal;

        var fields = new Fields(form);
        var score = fields.Score();
        var comment = fields.Optional("comment", CommentMax);
        var code = fields["code"] is { Length: > 0 } typed ? typed : Visitor.Of(context).Own.CodeOf(incident!.Id.Value);
        if (!receipts.IsOf(incident!.Id, code))
        {
            limits.Missed(context);
            fields.That(false, "code", new Said("回执码不对", "That is not the receipt code of this case"));
        }

        if (fields.Failed)
            return Show(context, StatusCodes.Status400BadRequest, incident, fields, null);

        try
        {
            var me = new Actor(Sub, "", Role.Resident, incident.Grid, null, []);
            var outcome = await service.ExecuteAsync(incident.Id, new EvaluateIncident(
                Commands.IdOf(Sub, $"rate {incident.Id} {incident.Version}"), me, score!.Value, comment));
            return outcome.Reject is null or RejectCode.CommandIdAlreadyUsed
                ? new SeeOther(PathOf(incident.Id))
                : Show(context, StatusCodes.Status409Conflict, incident, fields, new Said(
                    "这件事现在不能评价。", "This case cannot be rated now."));
        }
        catch (Exception exception) when (Paper.Passing(exception) is not null)
        {
            return Show(
                context, StatusCodes.Status503ServiceUnavailable, incident, fields, Paper.Passing(exception));
        }
    }

    private async Task<(IncidentView? Incident, IResult? Refusal)> FindAsync(string id, HttpContext context)
    {
        if (!limits.TryTake(context))
            return (null, TooMany(context));

        if (await PublicEndpoints.FindAsync(id, directory.Current, service) is { } incident)
            return (incident, null);

        limits.Missed(context);
        return (null, Paper.Notice(
            context, StatusCodes.Status404NotFound, new Said("没有这个编号", "No such number"),
            new Said("请核对编号后再查。编号形如 450105001001001-260301-0001。",
                "Please check the number. It reads like 450105001001001-260301-0001.")));
    }

    private IResult Show(HttpContext context, int status, IncidentView incident, Fields fields, Said? banner) =>
        Paper.Of<CasePage>(
            context, status, ("Case", PublicCase.Of(incident, directory.Current, lines)), ("View", directory.Current),
            ("Fields", fields), ("Banner", banner), ("IsNew", context.Request.Query["new"] == "1"),
            ("Map", maps.Of(incident.Grid.District)), ("Score", incident.Evaluation),
            ("HasReceipts", receipts.CodeOf(incident.Id) is not null));

    private static IResult TooMany(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "5";
        return Paper.Notice(
            context, StatusCodes.Status429TooManyRequests, new Said("请稍等", "One moment, please"),
            new Said("您所在网络的查询过于频繁，请过几秒再试。",
                "Too much was asked from your network. Please try again in a few seconds."));
    }
}
