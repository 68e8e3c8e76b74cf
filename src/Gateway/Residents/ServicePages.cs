using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Services;
using GridMesh.Gateway.Plumbing.Access;
using GridMesh.Gateway.Plumbing.Problems;
using GridMesh.Gateway.Public;
using GridMesh.Gateway.Residents.Pages;
using GridMesh.Gateway.Services;

namespace GridMesh.Gateway.Residents;

/// <summary>
/// What the printed code of a grid opens: the matters, a form to ask, and how far what was asked for is.
/// </summary>
internal sealed class ServicePages(
    IDirectory directory, IClusterClient client, ServiceCodes codes, LookupLimits limits, TimeProvider time)
{
    public const string Path = "/public/services";

    private static readonly Dictionary<string, Said> s_faults = new()
    {
        ["matter"] = new("请选择要办的事", "Choose what you need"),
        ["mode"] = new("这件事不能这样办，请另选一种", "It is not done that way: choose another"),
        ["name"] = new("请填写姓名，最多 64 个字", "Say your name, in at most 64 characters"),
        ["phone"] = new("请填写有效的电话号码", "Give a telephone number at which you are reached"),
        ["address"] = new("上门办请填写地址", "Say where to come to"),
        ["text"] = new("最多 1000 个字", "At most 1,000 characters"),
    };

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/s/{code}", (string code, HttpContext context, ServicePages pages) => pages.Get(code, context));
        app.MapPost("/s/{code}", (string code, HttpContext context, ServicePages pages) =>
            pages.AskAsync(code, context)).AddEndpointFilter(Paper.OwnFormsOnly);
        app.MapGet($"{Path}/{{id}}", (string id, HttpContext context, ServicePages pages) =>
            pages.StatusAsync(id, context));
        app.MapPost($"{Path}/{{id}}", (string id, HttpContext context, ServicePages pages) =>
            pages.DoAsync(id, context)).AddEndpointFilter(Paper.OwnFormsOnly);
    }

    private IResult Get(string code, HttpContext context) =>
        Refuse(code, context, out var grid) ?? Show(context, StatusCodes.Status200OK, code, grid, new Fields(), null);

    private async Task<IResult> AskAsync(string code, HttpContext context)
    {
        var form = await Paper.FormAsync(context);
        if (Refuse(code, context, out var grid) is { } refusal)
            return refusal;

        var fields = new Fields(form);
        var body = new AskBody
        {
            Matter = fields["matter"], Mode = fields["mode"], Name = fields.Optional("name", ServiceRequest.NameMax),
            Phone = fields.Optional("phone", ServiceRequest.PhoneMax),
            Address = fields.Optional("address", ServiceRequest.AddressMax),
            Text = fields.Optional("text", ServiceRequest.TextMax),
        };
        var sent = Guid.TryParse(form["sent"], out var told) ? told : Guid.NewGuid();
        var id = Commands.IdOf(ServiceCommands.SubOf(grid, body), $"{sent}");
        var check = new Check();
        var request = body.Read(check, grid, id);
        foreach (var name in check.Faulty)
            fields.That(false, name, s_faults[name]);

        if (fields.Failed)
            return Show(context, StatusCodes.Status400BadRequest, code, grid, fields, null);

        if (!limits.TryTake(context, ServiceCommands.AskCost))
        {
            return Show(context, StatusCodes.Status429TooManyRequests, code, grid, fields, Paper.TooOften);
        }

        try
        {
            var by = ServiceCommands.Stranger(grid, ServiceCommands.StrangerSub);
            var outcome = await client.GetGrain<IServiceGrain>(grid.Value)
                .ExecuteAsync(new AskService(id, by, request.Id, request));
            if (outcome.Reject is { } reject)
                return Show(context, StatusCodes.Status409Conflict, code, grid, fields, Refused(reject));

            OwnThings.Keep(context, request.Id, codes.TokenOf(request.Id)!);
            return new SeeOther($"{Path}/{request.Id}?new=1");
        }
        catch (Exception exception) when (Paper.Passing(exception) is not null)
        {
            return Show(
                context, StatusCodes.Status503ServiceUnavailable, code, grid, fields, Paper.Passing(exception));
        }
    }

    private async Task<IResult> StatusAsync(string id, HttpContext context)
    {
        var token = Visitor.Of(context).Own.CodeOf(id);
        return await FindAsync(id, token, context) is { } view
            ? Show(context, StatusCodes.Status200OK, view, token!, new Fields(), null)
            : Ask(context, id, StatusCodes.Status200OK, new Fields());
    }

    /// <summary>Opens a service by the token that was written down, rates it, or does without it.</summary>
    private async Task<IResult> DoAsync(string id, HttpContext context)
    {
        var fields = new Fields(await Paper.FormAsync(context));
        var token = fields["token"] is { Length: > 0 } typed ? typed : Visitor.Of(context).Own.CodeOf(id);
        if (!limits.TryTake(context) || await FindAsync(id, token, context) is not { } view
            || !ServiceEndpoints.TryFind(id, directory.Current, out var grid))
        {
            limits.Missed(context);
            fields.That(false, "token", new Said("编号或凭证不对", "Number and token do not belong together"));
            return Ask(context, id, StatusCodes.Status400BadRequest, fields);
        }

        var me = ServiceCommands.Asker(grid, id);
        ServiceCommand? command = fields["do"] switch
        {
            "withdraw" => new WithdrawService(Commands.IdOf(me.Sub, "withdraw"), me, id, true),
            "rate" when fields.Score() is { } score => new RateService(
                Commands.IdOf(me.Sub, "rate"), me, id, true, score, fields.Optional("comment", ServiceRequest.TextMax)),
            _ => null,
        };
        if (fields.Failed)
            return Show(context, StatusCodes.Status400BadRequest, view, token!, fields, null);

        try
        {
            if (command is not null && (await client.GetGrain<IServiceGrain>(grid.Value).ExecuteAsync(command)).Reject
                is not (null or RejectCode.CommandIdAlreadyUsed))
            {
                return Show(context, StatusCodes.Status409Conflict, view, token!, fields, new Said(
                    "现在不能这样做。", "That cannot be done now."));
            }
        }
        catch (Exception exception) when (Paper.Passing(exception) is not null)
        {
            return Show(
                context, StatusCodes.Status503ServiceUnavailable, view, token!, fields, Paper.Passing(exception));
        }

        OwnThings.Keep(context, id, token!);
        return new SeeOther($"{Path}/{id}");
    }

    private async Task<ServiceView?> FindAsync(string id, string? token, HttpContext context) =>
        codes.IsTokenOf(id, token) && ServiceEndpoints.TryFind(id, directory.Current, out var grid)
        && limits.TryTake(context)
            ? await client.GetGrain<IServiceGrain>(grid.Value).FindAsync(id)
            : null;

    private IResult? Refuse(string code, HttpContext context, out AreaCode grid)
    {
        grid = default;
        if (code.Length <= ServiceCodes.CodeMax && codes.Read(code, out grid) is null
            && directory.Current.Areas.ContainsKey(grid))
        {
            return null;
        }

        limits.Missed(context);
        return Paper.Notice(
            context, StatusCodes.Status404NotFound, new Said("二维码无效", "This code is not valid"),
            new Said("请重新扫描网格公示牌上的二维码，或拨打 12345。",
                "Please scan the code on the grid's notice board again, or call 12345."));
    }

    private static Said Refused(RejectCode code) => code switch
    {
        RejectCode.PhoneHasTooManyServices => new Said(
            "这个电话已有三件在办，请先等其中一件办完。", "Three services of this telephone number are open: wait until one is done."),
        RejectCode.CommandIdAlreadyUsed => new Said(
            "这张表已经提交过了。要再办一件，请重新扫码。", "This form was sent before. To ask for another, scan the code again."),
        _ => new Said("该网格在办的事太多，暂时无法接收，请拨打 12345。",
            "This grid has too many open services to take another one now. Please call 12345."),
    };

    private IResult Show(HttpContext context, int status, string code, AreaCode grid, Fields fields, Said? banner) =>
        Paper.Of<AskPage>(
            context, status, ("Code", code), ("Grid", grid), ("View", directory.Current), ("Fields", fields),
            ("Banner", banner));

    private IResult Show(
        HttpContext context, int status, ServiceView view, string token, Fields fields, Said? banner) =>
        Paper.Of<ServicePage>(
            context, status, ("Status", ServiceStatus.Of(view, time.GetUtcNow())), ("Token", token), ("Fields", fields),
            ("Banner", banner), ("IsNew", context.Request.Query["new"] == "1"));

    private static IResult Ask(HttpContext context, string id, int status, Fields fields) =>
        Paper.Of<TokenPage>(context, status, ("Id", id), ("Fields", fields));
}
