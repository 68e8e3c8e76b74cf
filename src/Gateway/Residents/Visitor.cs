using System.Globalization;

namespace GridMesh.Gateway.Residents;

/// <summary>Who looks at a page: the language, and what the browser keeps of its own cases and services.</summary>
public sealed class Visitor
{
    private const string Chosen = "lang";
    private const string Remembered = "gridmesh_lang";

    private const int AttemptsShown = 1_000;

    private static readonly TimeSpan s_remembered = TimeSpan.FromDays(365);

    private Visitor(HttpContext context)
    {
        Here = $"{context.Request.Path}";
        Own = OwnThings.Of(context);
        IsEnglish = LanguageOf(context) == "en";
        Attempt = 1 + (int.TryParse(
            context.Request.Query["attempt"], NumberStyles.None, CultureInfo.InvariantCulture, out var former)
            ? former % AttemptsShown
            : 0);
    }

    public bool IsEnglish { get; }

    public OwnThings Own { get; }

    /// <summary>The address of the page, without its query.</summary>
    public string Here { get; }

    /// <summary>
    /// A form goes to an address of its own, another one each time: where the server is away, a browser then goes back
    /// to the form as it was left, and does not put its own error in the place of it.
    /// </summary>
    public int Attempt { get; }

    public string Tag => IsEnglish ? "en" : "zh-CN";

    /// <summary>Kept with the request: what one part of it changes, another sees.</summary>
    public static Visitor Of(HttpContext context)
    {
        if (context.Features.Get<Visitor>() is not { } visitor)
            context.Features.Set(visitor = new Visitor(context));

        return visitor;
    }

    public string T(string zh, string en) => IsEnglish ? en : zh;

    public string T(Said said) => T(said.Zh, said.En);

    /// <summary>
    /// Chosen in the address, and remembered then; else remembered; else the browser's; else Chinese.
    /// </summary>
    private static string LanguageOf(HttpContext context)
    {
        if (Known(context.Request.Query[Chosen]) is { } chosen)
        {
            context.Response.Cookies.Append(Remembered, chosen, new CookieOptions
            {
                MaxAge = s_remembered, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, HttpOnly = true,
            });
            return chosen;
        }

        return Known(context.Request.Cookies[Remembered])
            ?? context.Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(one => one.Quality ?? 1)
                .Select(one => Known(one.Value.Value)).FirstOrDefault(known => known is not null)
            ?? "zh";
    }

    private static string? Known(string? tag) =>
        tag is null ? null
        : tag.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? "zh"
        : tag.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? "en"
        : null;
}
