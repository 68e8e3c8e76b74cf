namespace GridMesh.Gateway.Residents;

/// <summary>
/// Cases that were reported, and services that were asked for, in this browser: numbers and what goes with them, in a
/// cookie that no script reads. The server keeps nothing of it.
/// </summary>
/// <param name="Items">The newest first.</param>
public sealed record OwnThings(ImmutableArray<(string Id, string Code)> Items)
{
    /// <summary>Most that are kept: what is older was written down or is forgotten.</summary>
    public const int Max = 12;

    private const string Name = "gridmesh_own";

    private const char Between = '~';

    private static readonly TimeSpan s_kept = TimeSpan.FromDays(365);

    public IEnumerable<string> Cases => Items.Select(item => item.Id).Where(id => !IsService(id));

    public IEnumerable<string> Services => Items.Select(item => item.Id).Where(IsService);

    public static OwnThings Of(HttpContext context) => new(
        [.. (context.Request.Cookies[Name] ?? "").Split(Between, Max + 1).Take(Max)
            .Select(item => item.Split('.')).Where(parts => parts.Length == 2).Select(parts => (parts[0], parts[1]))]);

    public string? CodeOf(string id) => Items.FirstOrDefault(item => item.Id == id).Code;

    /// <summary>Keeps one more; the oldest goes when there are too many.</summary>
    public static void Keep(HttpContext context, string id, string code)
    {
        var items = Of(context).Items.Where(item => item.Id != id).Prepend((id, code)).Take(Max);
        context.Response.Cookies.Append(
            Name, string.Join(Between, items.Select(item => $"{item.Item1}.{item.Item2}")), new CookieOptions
            {
                MaxAge = s_kept, HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps,
            });
    }

    private static bool IsService(string id) => id.Contains("-S", StringComparison.Ordinal);
}
