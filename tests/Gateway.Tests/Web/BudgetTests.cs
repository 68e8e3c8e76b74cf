using System.Text.RegularExpressions;
using GridMesh.Product.Fixture;

namespace GridMesh.Gateway.Tests.Web;

/// <summary>What the pages weigh on the line, as it is sent.</summary>
public sealed partial class BudgetTests(Product product)
{
    private const int Kilobyte = 1_000;

    private static readonly string s_root = Path.Combine(AppContext.BaseDirectory, "wwwroot");

    [Fact(DisplayName = "[PG1] the wall with all that it ever loads, its map and the map's worker too, is below 700 KB of gzip")]
    public async Task Wall()
    {
        Assert.SkipUnless(System.IO.Directory.Exists(s_root), "built without the pages");
        var paths = System.IO.Directory.EnumerateFiles(
            Path.Combine(s_root, "wall", "assets")).Where(path => !path.EndsWith(".br", StringComparison.Ordinal)
                && !path.EndsWith(".gz", StringComparison.Ordinal))
            .Select(path => $"/wall/assets/{Path.GetFileName(path)}").ToList();
        (await WeightAsync(["/", .. paths])).ShouldBeInRange(100 * Kilobyte, 700 * Kilobyte);
    }

    [Theory(DisplayName = "[PG1] the first screen of the public page, with its style and script, is below 60 KB of gzip")]
    [InlineData("/public")]
    [InlineData("/public/report")]
    public async Task Public(string path)
    {
        Assert.SkipUnless(System.IO.Directory.Exists(s_root), "built without the pages");
        var page = await product.App.Http.GetStringAsync(path);
        var paths = Loaded().Matches(page).Select(match => match.Groups["path"].Value).Distinct().ToList();
        paths.Count.ShouldBe(2, "a style and a script");
        (await WeightAsync([path, .. paths])).ShouldBeInRange(Kilobyte, 60 * Kilobyte);
    }

    private async Task<long> WeightAsync(IReadOnlyCollection<string> paths)
    {
        long sum = 0;
        foreach (var path in paths)
            sum += (await BytesAsync(path)).Length;

        return sum;
    }

    /// <summary>Compressed by gzip, and for ever where the name is of the content.</summary>
    private async Task<byte[]> BytesAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept-Encoding", "gzip");
        using var answer = await product.App.Http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        answer.Content.Headers.ContentEncoding.ShouldBe(["gzip"], path);
        answer.Headers.CacheControl!.ToString().Contains("immutable").ShouldBe(Hashed().IsMatch(path), path);
        return await answer.Content.ReadAsByteArrayAsync();
    }

    [GeneratedRegex("(?:href|src)=\"(?<path>/public/assets/[^\"]+)")]
    private static partial Regex Loaded();

    [GeneratedRegex("^/[a-z]+/assets/")]
    private static partial Regex Hashed();
}
