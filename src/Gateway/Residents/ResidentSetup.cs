using System.Text.Encodings.Web;
using System.Text.Unicode;
using GridMesh.Gateway.Plumbing.Problems;
using Microsoft.AspNetCore.Mvc;

namespace GridMesh.Gateway.Residents;

/// <summary>The pages of residents: <c>/public</c> and what lies below it, and <c>/s/{code}</c>.</summary>
internal static class ResidentSetup
{
    public static void AddResidents(this IServiceCollection services)
    {
        services.AddRazorComponents();

        // Chinese is written as it is, which is a third of its number in digits.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddSingleton<PublicCases>().AddSingleton<DistrictMaps>().AddSingleton<ReceiptCodes>()
            .AddSingleton<PageKey>();
        services.AddSingleton<CasePages>().AddSingleton<ReportPages>().AddSingleton<ServicePages>();
    }

    public static void MapResidents(this IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("").AllowAnonymous().ExcludeFromDescription();
        CasePages.Map(pages);
        ReportPages.Map(pages);
        ServicePages.Map(pages);
        pages.MapGet("/public/{**rest}", (HttpContext context) => Paper.Notice(
            context, StatusCodes.Status404NotFound, new Said("没有这个页面", "There is no such page"),
            new Said("请从首页进入。", "Please start from the first page.")));
    }

    /// <summary>What the framework or another part of the gateway has to say there is a page, too.</summary>
    public static void UseResidentProblems(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (Serves(context.Request.Path))
            context.Features.Set<IProblemFormat>(Format.One);

        return next(context);
    });

    private static bool Serves(PathString path) =>
        path.StartsWithSegments(CasePages.Path) || path.StartsWithSegments("/s");

    private sealed class Format : IProblemFormat
    {
        public static readonly Format One = new();

        public Task TellAsync(HttpContext context, ProblemDetails problem) => Paper.Notice(
            context, problem.Status!.Value, TitleOf(problem.Status.Value), new Said(
                "请返回上一页再试，填写的内容还在那里。", "Please go back and try again: what you typed is still there."))
            .ExecuteAsync(context);

        private static Said TitleOf(int status) => status switch
        {
            StatusCodes.Status404NotFound => new Said("没有这个页面", "There is no such page"),
            StatusCodes.Status413PayloadTooLarge => new Said("照片太大", "The photo is too large"),
            StatusCodes.Status429TooManyRequests => new Said("请求过于频繁", "Too many requests"),
            >= StatusCodes.Status500InternalServerError => new Said("系统暂时不可用", "The system is not available just now"),
            _ => new Said("没有提交成功", "That was not sent"),
        };
    }
}
