using System.Text.Json;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Gateway.Plumbing.Access;
using GridMesh.Gateway.Plumbing.Pipeline;
using GridMesh.Gateway.Plumbing.Problems;
using GridMesh.Gateway.Residents.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GridMesh.Gateway.Residents;

/// <summary>
/// How a page of residents is answered: as HTML that is whole without a script, from our own origin alone.
/// </summary>
internal static class Paper
{
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
        + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>
    /// Going back shows the form again as it was left; what was sent and is shown again is kept by nobody.
    /// </summary>
    private const string Fresh = "private, no-cache";

    /// <summary>A form without a photo has no more bytes.</summary>
    public const int SmallForm = 1_000_000;

    private const int FieldsMax = 64;

    /// <summary>What is said where an address sends more than it may. What was typed stays.</summary>
    public static readonly Said TooOften = new(
        "您所在网络的提交过于频繁，请过一会儿再按一次提交，内容还在下面。",
        "Too much has come from your network. All you typed is below: please send it again in a little while.");

    /// <summary>The built style and script; none in a build without pages.</summary>
    public static (string? Style, string? Script) Assets { get; } = ReadAssets();

    public static IResult Of<TPage>(
        HttpContext context, int status, params ReadOnlySpan<(string Name, object? Value)> parameters)
        where TPage : IComponent
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        if (status == StatusCodes.Status200OK && HttpMethods.IsGet(context.Request.Method))
            headers.CacheControl = Fresh;

        var all = new Dictionary<string, object?> { ["V"] = Visitor.Of(context) };
        foreach (var (name, value) in parameters)
            all[name] = value;

        return new RazorComponentResult<TPage>(all) { StatusCode = status, PreventStreamingRendering = true };
    }

    /// <summary>A page that only says something.</summary>
    public static IResult Notice(HttpContext context, int status, Said title, Said text) => Of<Notice>(
        context, status, ("Title", title), ("Text", text));

    /// <summary>The district that is asked for, or the first; null while there is no directory.</summary>
    public static AreaCode? DistrictOf(HttpContext context, DirectoryView view) =>
        AreaCode.TryParse(context.Request.Query["district"].ToString(), out var asked, out _)
            && asked.Tier == Tier.District && view.Areas.ContainsKey(asked)
                ? asked
                : DistrictsOf(view).Select(area => (AreaCode?)area.Code).FirstOrDefault();

    public static IEnumerable<AreaEntry> DistrictsOf(DirectoryView view) =>
        view.Data.Areas.Where(area => area.Code.Tier == Tier.District).OrderBy(area => area.Code);

    public static IResult NoDirectory(HttpContext context) => Notice(
        context, StatusCodes.Status503ServiceUnavailable, new Said("尚未开通", "Not open yet"),
        new Said("本系统还没有导入辖区资料，请稍后再来。", "No district has been set up here yet. Please come back later."));

    /// <summary>
    /// What is said where the world failed in a way that passes; null for anything else. What was typed stays.
    /// </summary>
    public static Said? Passing(Exception exception) => FaultHandler.Classify(exception) switch
    {
        ProblemCode.StorageIsUnavailable or ProblemCode.TooBusy or ProblemCode.SiloIsUnavailable => new Said(
            "系统暂时繁忙，没有提交成功。内容还在下面，请稍后再按一次提交。",
            "The system is busy, and this was not sent. All you typed is below: please send it again in a moment."),
        _ => null,
    };

    /// <summary>What was sent; an empty form where it is none.</summary>
    /// <param name="bytesMax">Of all of it. It is kept in memory: the disk of a process may be read-only.</param>
    /// <exception cref="BadHttpRequestException">It cannot be read.</exception>
    public static async Task<IFormCollection> FormAsync(HttpContext context, int bytesMax = SmallForm)
    {
        if (!context.Request.HasFormContentType)
            return FormCollection.Empty;

        context.Features.Set<IFormFeature>(new FormFeature(context.Request, new FormOptions
        {
            MemoryBufferThreshold = bytesMax, MultipartBodyLengthLimit = bytesMax, ValueCountLimit = FieldsMax,
        }));
        try
        {
            return await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (Exception exception) when (
            exception is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            throw new BadHttpRequestException("the form cannot be read", exception);
        }
    }

    /// <summary>A form counts only from a page of our own.</summary>
    public static async ValueTask<object?> OwnFormsOnly(
        EndpointFilterInvocationContext call, EndpointFilterDelegate next) =>
        PageCookie.IsOfOurPage(call.HttpContext.Request)
            ? await next(call)
            : Notice(
                call.HttpContext, StatusCodes.Status403Forbidden, new Said("没有提交", "Not sent"),
                new Said("请从本站页面填写并提交。", "Please fill in and send the form on this site's own page."));

    private static (string? Style, string? Script) ReadAssets()
    {
        var manifest = Path.Combine(AppContext.BaseDirectory, "wwwroot", "public", "manifest.json");
        if (!File.Exists(manifest))
            return (null, null);

        using var read = JsonDocument.Parse(File.ReadAllBytes(manifest));
        var main = read.RootElement.GetProperty("main.ts");
        return ($"/public/{main.GetProperty("css")[0].GetString()}", $"/public/{main.GetProperty("file").GetString()}");
    }
}
